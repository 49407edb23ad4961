/** Rows count their revisions from 0; people read "bản 1" for what was written first. */
export const nth = (revision: number | null | undefined): number => (revision ?? 0) + 1
