import {
  ValidationError,
  type CollectionSlug,
  type DataFromCollectionSlug,
  type Payload,
  type Where,
} from 'payload'

/**
 * The database seam. Only here is `payload.db` touched: no hook, no access rule and no validation runs,
 * so callers pass scalars of collections that the machine owns.
 */
export type Row<S extends CollectionSlug> = DataFromCollectionSlug<S> & { id: string }

type Scalar = string | number | boolean | null

export const findRows = async <S extends CollectionSlug>(args: {
  payload: Payload
  collection: S
  where: Where
  sort?: string
  limit?: number
  /** Only these columns, and the id; the others of the row are absent then, whatever its type says. */
  select?: Record<string, true>
}): Promise<Row<S>[]> => {
  const found = await args.payload.db.find({
    collection: args.collection,
    where: args.where,
    limit: args.limit ?? 0,
    pagination: false,
    ...(args.sort ? { sort: args.sort } : {}),
    ...(args.select ? { select: args.select } : {}),
  })
  return found.docs as unknown as Row<S>[] // the adapter's generic says JsonObject; the schema is ours
}

export const findRow = async <S extends CollectionSlug>(args: {
  payload: Payload
  collection: S
  where: Where
  sort?: string
}): Promise<Row<S> | null> => (await findRows({ ...args, limit: 1 }))[0] ?? null

export const rowById = <S extends CollectionSlug>(
  payload: Payload,
  collection: S,
  id: string,
): Promise<Row<S> | null> => findRow({ payload, collection, where: { id: { equals: id } } })

/** Inserts, or says that the unique key is taken. */
export const insertRow = async <S extends CollectionSlug>(args: {
  payload: Payload
  collection: S
  data: Record<string, Scalar>
}): Promise<{ ok: true; row: Row<S> } | { ok: false; reason: 'exists' }> => {
  try {
    const row = await args.payload.db.create({ collection: args.collection, data: args.data })
    return { ok: true, row: row as unknown as Row<S> } // as above
  } catch (error) {
    if (isTaken(error)) return { ok: false, reason: 'exists' }
    throw error
  }
}

/**
 * Compare-and-set on one row: writes `set` where every column of `expect` still holds.
 * Null when somebody else was first, there or at a unique value that `set` asks for. One statement on SQLite, one
 * findOneAndUpdate on MongoDB.
 */
export const compareAndSet = async <S extends CollectionSlug>(args: {
  payload: Payload
  collection: S
  id: string
  expect: Record<string, string | number | boolean>
  set: Record<string, Scalar>
}): Promise<Row<S> | null> => {
  const held = Object.entries(args.expect).map(([column, value]) => ({
    [column]: { equals: value },
  }))
  try {
    const row = await args.payload.db.updateOne({
      collection: args.collection,
      where: { and: [{ id: { equals: args.id } }, ...held] },
      data: args.set,
    })
    return (row as unknown as Row<S> | null) ?? null // as above
  } catch (error) {
    if (isTaken(error)) return null
    throw error
  }
}

/** A unique column refused the write: both adapters turn it into Payload's error, whose name a build makes short. */
const isTaken = (error: unknown): boolean =>
  error instanceof ValidationError ||
  (error instanceof Error && /E11000|UNIQUE constraint/.test(error.message))
