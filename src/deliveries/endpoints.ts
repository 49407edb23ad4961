import type { Endpoint } from 'payload'

export const deliveryEndpoints: Endpoint[] = []
