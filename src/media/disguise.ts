/**
 * One file that is two: a picture that a browser would run as a page, a clip that opens as a PDF, a photograph with a
 * ZIP behind it. No original is ever served, but it may be handed on by hand; no camera makes such a file.
 */
export const isDisguised = (file: { head: Buffer; tail: Buffer }): boolean =>
  isPage(file.head) || isPdf(file.head) || endsAsZip(file)

// Where a reader of that kind looks: browsers guess from the first 1445 bytes, PDF readers from the first 1024.
const isPage = (head: Buffer) =>
  /<(!doctype html|html|script|iframe|body|svg)[\s>]/i.test(head.toString('latin1', 0, 1445))
const isPdf = (head: Buffer) => head.toString('latin1', 0, 1024).includes('%PDF-')

const ZIP_END = Buffer.from('PK\x05\x06', 'latin1')
const ZIP_ENTRY = Buffer.from('PK\x01\x02', 'latin1')

/** A ZIP is read from its end: a record whose comment reaches exactly to the last byte, and a list of files before it. */
const endsAsZip = ({ tail }: { tail: Buffer }) => {
  for (let at = tail.lastIndexOf(ZIP_END); at >= 0; at = before(tail, at)) {
    if (at + 22 <= tail.length && at + 22 + tail.readUInt16LE(at + 20) === tail.length) {
      return tail.readUInt16LE(at + 10) === 0 || tail.lastIndexOf(ZIP_ENTRY, at) >= 0
    }
  }
  return false
}
const before = (tail: Buffer, at: number) => (at > 0 ? tail.lastIndexOf(ZIP_END, at - 1) : -1)
