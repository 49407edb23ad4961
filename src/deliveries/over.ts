import type { Payload } from 'payload'
import { rowById } from '@/records/db'
import { isClosed } from './states'

/** Has a delivery ended, so that nothing that was prepared for it will be shown? */
export const isOver =
  (payload: Payload) =>
  async (delivery: string): Promise<boolean> => {
    const row = await rowById(payload, 'deliveries', delivery)
    return !row || isClosed(row.state)
  }
