import type { Metadata } from 'next'
import config from '@payload-config'
import { generatePageMetadata, NotFoundPage } from '@payloadcms/next/views'
import { houseConfig } from '@/app/house-language'
import { importMap } from '../importMap.js'

type Args = {
  params: Promise<{ segments: string[] }>
  searchParams: Promise<{ [key: string]: string | string[] }>
}

export const generateMetadata = ({ params, searchParams }: Args): Promise<Metadata> =>
  generatePageMetadata({ config: houseConfig(config), params, searchParams })

const NotFound = ({ params, searchParams }: Args) =>
  NotFoundPage({ config: houseConfig(config), params, searchParams, importMap })

export default NotFound
