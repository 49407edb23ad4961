import config from '@payload-config'
import {
  REST_DELETE,
  REST_GET,
  REST_OPTIONS,
  REST_PATCH,
  REST_POST,
  REST_PUT,
} from '@payloadcms/next/routes'
import { limited } from '@/app/body-limit'
import { inHouseLanguage } from '@/app/house-language'

type Method = typeof REST_GET

const door = (method: Method) => limited(inHouseLanguage(method(config)))

export const GET = door(REST_GET)
export const POST = door(REST_POST)
export const DELETE = door(REST_DELETE)
export const PATCH = door(REST_PATCH)
export const PUT = door(REST_PUT)
export const OPTIONS = REST_OPTIONS(config)
