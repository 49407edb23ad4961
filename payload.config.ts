import { en } from '@payloadcms/translations/languages/en'
import { vi } from '@payloadcms/translations/languages/vi'
import path from 'node:path'
import { buildConfig } from 'payload'
import { healthEndpoint } from '@/app/health'
import { assets, orphans, renditions, uploads } from '@/assets/collection'
import { assetEndpoints } from '@/assets/endpoints'
import { assetNotes } from '@/assets/notes'
import { auditEntriesWith, auditLinks } from '@/audit/collection'
import { auditEndpoints } from '@/audit/endpoints'
import { captions } from '@/captions/collection'
import { captionEndpoints } from '@/captions/endpoints'
import { channels, deliveries } from '@/deliveries/collection'
import { deliveryEndpoints } from '@/deliveries/endpoints'
import { connecting } from '@/deliveries/publishers'
import { env } from '@/env'
import { libraryEndpoints } from '@/library/endpoints'
import { log } from '@/log'
import { serviceAccounts, users } from '@/people/collection'
import { withoutDisabled, withoutDisabledKeys } from '@/people/disabled'
import { withHouseCells } from '@/people/house-cells'
import { withRateLimits } from '@/people/limits'
import { withOwnLocks } from '@/people/locks'
import { withLoginAudit } from '@/people/login'
import { noLetters } from '@/people/no-letters'
import { withNotes } from '@/people/noted'
import { noteRefusal } from '@/people/refused'
import { hangWebBell } from '@/queue/web'
import { databaseAdapter } from '@/records/adapter'
import { acceptsOf, limitProblems } from '@/publishers'
import { leases, outbox } from '@/records/collection'
import { claimCaptions } from '@/signoff/claim-captions'
import { deskItems, seals, watches } from '@/signoff/collection'
import { signoffEndpoints } from '@/signoff/endpoints'
import { withSaving, withVariantSaving, withVersions } from '@/signoff/saving'
import { editions } from '@/site/collection'
import { stories } from '@/stories/collection'
import { sections, sources, switches, variants } from '@/stories/lists'

const origins = [env.PUBLIC_URL, `http://localhost:${env.PORT}`, `http://127.0.0.1:${env.PORT}`]
const no = () => false
const bindsOf = (platform: string) => acceptsOf(platform)?.binds ?? []

const config = buildConfig({
  secret: env.PAYLOAD_SECRET,
  csrf: [...new Set(origins)],
  cors: [],
  db: databaseAdapter(),
  email: noLetters,
  collections: [
    withSaving(stories),
    withVariantSaving(variants),
    deskItems,
    seals,
    watches,
    uploads,
    assets,
    assetNotes,
    renditions,
    orphans,
    captions,
    channels,
    deliveries,
    editions,
    withNotes(sections),
    withNotes(withVersions(sources)),
    switches,
    withNotes(withLoginAudit(withoutDisabled(users))),
    withNotes(withoutDisabledKeys(serviceAccounts)),
    auditEntriesWith({
      action: '/signoff/ui/audit-cells#ActionCell',
      outcome: '/signoff/ui/audit-cells#OutcomeCell',
      story: '/signoff/ui/audit-cells#StoryCell',
    }),
    auditLinks,
    outbox,
    leases,
  ],
  endpoints: [
    healthEndpoint,
    ...auditEndpoints,
    ...assetEndpoints,
    ...captionEndpoints({ beforeReaders: claimCaptions(bindsOf) }),
    ...signoffEndpoints({ acceptsOf, limitProblems }),
    ...deliveryEndpoints(connecting()),
    ...libraryEndpoints,
  ],
  admin: {
    user: 'users',
    avatar: 'default',
    importMap: { baseDir: path.resolve('src') },
    components: {
      graphics: { Icon: '/people/ui/mark#Icon', Logo: '/people/ui/mark#Logo' },
      header: ['/people/ui/demo-bar#DemoBar'],
      afterLogin: ['/people/ui/sign-in-help#SignInHelp'],
      Nav: '/people/ui/nav#Nav',
      views: {
        dashboard: { Component: '/signoff/ui/desk-board#DeskBoard' },
        captions: {
          Component: '/captions/ui/captions-view#CaptionsView',
          path: '/captions/:asset',
        },
        review: { Component: '/deliveries/ui/review-view#ReviewView', path: '/review/:story' },
        deliveries: {
          Component: '/deliveries/ui/deliveries-view#DeliveriesView',
          path: '/deliveries',
          exact: true,
        },
        transcodes: {
          Component: '/assets/ui/transcodes-view#TranscodesView',
          path: '/transcodes',
          exact: true,
        },
        library: {
          Component: '/library/ui/library-view#LibraryView',
          path: '/kho-tu-lieu',
          exact: true,
        },
        channels: {
          Component: '/deliveries/ui/channels-view#ChannelsView',
          path: '/channels',
          exact: true,
        },
      },
    },
    // Where Payload itself draws a time it takes the browser's zone: it says which.
    dateFormat: 'HH:mm dd/MM/yyyy O',
    meta: {
      titleSuffix: ' · Hội Tụ',
      icons: [{ rel: 'icon', type: 'image/x-icon', url: '/favicon.ico' }],
    },
    timezones: {
      supportedTimezones: [{ label: 'Việt Nam (GMT+7)', value: 'Asia/Ho_Chi_Minh' }],
      defaultTimezone: 'Asia/Ho_Chi_Minh',
    },
  },
  i18n: {
    supportedLanguages: { vi, en },
    fallbackLanguage: 'vi',
    // An empty cell: Payload would say "<Không có Lý do>".
    translations: { vi: { general: { noLabel: '–' } }, en: { general: { noLabel: '–' } } },
  },
  graphQL: { disable: true },
  jobs: { tasks: [], access: { run: no, queue: no, cancel: no } },
  hooks: { afterError: [noteRefusal] },
  onInit: hangWebBell,
  telemetry: false,
  logger: log,
  typescript: { outputFile: path.resolve('src/payload-types.ts'), autoGenerate: false },
})

export default config.then(withOwnLocks).then(withRateLimits).then(withHouseCells)
