import type { Metadata } from 'next'
import config from '@payload-config'
import { generatePageMetadata, RootPage } from '@payloadcms/next/views'
import { redirect } from 'next/navigation'
import { houseConfig } from '@/app/house-language'
import { importMap } from '../importMap.js'

type Args = {
  params: Promise<{ segments: string[] }>
  searchParams: Promise<{ [key: string]: string | string[] }>
}

export const generateMetadata = ({ params, searchParams }: Args): Promise<Metadata> =>
  generatePageMetadata({ config: houseConfig(config), params, searchParams })

/** Pages of Payload's that the house has a better one for. */
const ELSEWHERE: Record<string, string> = {
  // Whoever is signed in and has no desk here (reporters, contributors) has a page of their own.
  unauthorized: '/gui-tin',
  // No letter is ever sent: the sign-in page says whom to ask.
  forgot: '/admin/login',
  'collections/channels': '/admin/channels',
}

const Page = async ({ params, searchParams }: Args) => {
  const { segments }: { segments?: string[] } = await params
  const [first = '', second = ''] = segments ?? []
  const better = ELSEWHERE[first] ?? ELSEWHERE[`${first}/${second}`]
  if (better) redirect(better)
  return RootPage({ config: houseConfig(config), params, searchParams, importMap })
}

export default Page
