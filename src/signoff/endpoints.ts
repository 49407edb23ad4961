import type { Endpoint } from 'payload'

export const signoffEndpoints: Endpoint[] = []
