import { isObject } from './reply'
import { METHODS, MUTABLE, READ_ONLY } from './rules'

const at = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((here, name) => (isObject(here) ? here[name] : undefined), value)

const keysOf = (value: unknown): string[] => (isObject(value) ? Object.keys(value) : [])

/** Holds the double's tables against the discovery document, so that it cannot drift into fantasy. */
export const contractProblems = (discovery: unknown): string[] => {
  const problems: string[] = []
  for (const method of METHODS) {
    const [, resource = '', verb = ''] = method.id.split('.')
    const stated = at(discovery, 'resources', resource, 'methods', verb)
    const media = at(stated, 'mediaUpload', 'protocols', 'simple', 'path')
    const path = media ?? `/${String(at(stated, 'path'))}`
    if (path !== method.path) problems.push(`${method.id}: path is ${String(path)}`)
    if (at(stated, 'httpMethod') !== method.verb) problems.push(`${method.id}: verb differs`)
    const params = keysOf(at(stated, 'parameters')).sort().join()
    if (params !== [...method.params].sort().join())
      problems.push(`${method.id}: params are ${params}`)
    const scopes = at(stated, 'scopes')
    const known = Array.isArray(scopes) ? scopes : []
    const stray = method.scopes.filter((scope) => !known.includes(scope))
    if (stray.length > 0) problems.push(`${method.id}: scopes unknown ${stray.join()}`)
  }
  return [...problems, ...fieldProblems(discovery)]
}

const SCHEMAS: Record<string, string> = {
  snippet: 'VideoSnippet',
  status: 'VideoStatus',
  recordingDetails: 'VideoRecordingDetails',
}

const fieldProblems = (discovery: unknown): string[] =>
  Object.entries(SCHEMAS).flatMap(([part, schema]) => {
    const stated = at(discovery, 'schemas', schema, 'properties')
    const ours = [...Object.keys(MUTABLE[part] ?? {}), ...(READ_ONLY[part] ?? [])].sort().join()
    const theirs = keysOf(stated).sort().join()
    const fields = ours === theirs ? [] : [`${schema}: fields are ${theirs}`]
    const enums = Object.entries(MUTABLE[part] ?? {}).flatMap(([name, type]) => {
      if (typeof type === 'string') return []
      const words = at(stated, name, 'enum')
      const same = Array.isArray(words) && [...words].sort().join() === [...type].sort().join()
      return same ? [] : [`${schema}.${name}: enum differs`]
    })
    return [...fields, ...enums]
  })
