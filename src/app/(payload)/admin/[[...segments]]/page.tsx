import type { Metadata } from 'next'
import config from '@payload-config'
import { generatePageMetadata, RootPage } from '@payloadcms/next/views'
import { redirect } from 'next/navigation'
import { importMap } from '../importMap.js'

type Args = {
  params: Promise<{ segments: string[] }>
  searchParams: Promise<{ [key: string]: string | string[] }>
}

export const generateMetadata = ({ params, searchParams }: Args): Promise<Metadata> =>
  generatePageMetadata({ config, params, searchParams })

/** Whoever is signed in and has no desk here (reporters, contributors) has a page of their own. */
const Page = async ({ params, searchParams }: Args) => {
  const { segments }: { segments?: string[] } = await params
  if (segments?.[0] === 'unauthorized') redirect('/gui-tin')
  return RootPage({ config, params, searchParams, importMap })
}

export default Page
