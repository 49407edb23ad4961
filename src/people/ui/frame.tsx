import { DefaultTemplate } from '@payloadcms/next/templates'
import { redirect } from 'next/navigation'
import type { AdminViewServerProps } from 'payload'
import type { ReactNode } from 'react'

/**
 * The admin's own frame round a view of ours. Payload lets anybody open a custom view, so who may not see the admin
 * is sent to sign in from here (seen 2026-11-21 in Payload 3.90.1).
 */
export const Frame = ({
  initPageResult,
  params,
  searchParams,
  children,
}: AdminViewServerProps & { children: ReactNode }) => {
  const { req, permissions, visibleEntities, locale } = initPageResult
  if (!req.user || !permissions.canAccessAdmin) redirect('/admin/login')
  return (
    <DefaultTemplate
      i18n={req.i18n}
      locale={locale}
      params={params}
      payload={req.payload}
      permissions={permissions}
      req={req}
      searchParams={searchParams}
      user={req.user}
      visibleEntities={{
        collections: visibleEntities.collections,
        globals: visibleEntities.globals,
      }}
    >
      {children}
    </DefaultTemplate>
  )
}
