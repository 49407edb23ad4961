import type { Metadata } from 'next'
import config from '@payload-config'
import { generatePageMetadata, RootPage } from '@payloadcms/next/views'
import { redirect } from 'next/navigation'
import { elsewhere } from '@/app/elsewhere'
import { houseConfig } from '@/app/house-language'
import { importMap } from '../importMap.js'

type Args = {
  params: Promise<{ segments: string[] }>
  searchParams: Promise<{ [key: string]: string | string[] }>
}

export const generateMetadata = ({ params, searchParams }: Args): Promise<Metadata> =>
  generatePageMetadata({ config: houseConfig(config), params, searchParams })

const Page = async ({ params, searchParams }: Args) => {
  const { segments }: { segments?: string[] } = await params
  const better = elsewhere(segments ?? [])
  if (better) redirect(better)
  return RootPage({ config: houseConfig(config), params, searchParams, importMap })
}

export default Page
