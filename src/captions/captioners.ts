import type { RoleId } from '@/people/roles'

/** Who writes captions, has the machine write them, and accepts them for readers. */
export const CAPTIONERS: RoleId[] = ['producer', 'editor', 'desk-head', 'secretariat']
