import type { Facts } from './facts'

/** One step of the ladder. The name is the short side that it is meant for; sizes are even. */
export type Rung = {
  name: '1080' | '720' | '480' | '360'
  width: number
  height: number
  maxrateK: number
  bufsizeK: number
}

const STEPS = [
  { name: '1080', side: 1080, maxrateK: 5000, bufsizeK: 10_000 },
  { name: '720', side: 720, maxrateK: 2800, bufsizeK: 5600 },
  { name: '480', side: 480, maxrateK: 1400, bufsizeK: 2800 },
  { name: '360', side: 360, maxrateK: 800, bufsizeK: 1600 },
] as const

// A source of 1912x1072 still counts as 1080: it is taken at its own size, not dropped to 720.
const TOLERANCE = 1.05

const even = (n: number) => Math.max(2, Math.round(n / 2) * 2)

/** The size that fits in the box, with the picture's own shape and never larger than the picture. */
export const fitInside = (
  picture: { width: number; height: number },
  box: { width: number; height: number },
): { width: number; height: number; scale: number } => {
  const scale = Math.min(box.width / picture.width, box.height / picture.height)
  const used = Math.min(1, scale)
  return { width: even(picture.width * used), height: even(picture.height * used), scale }
}

/**
 * The ladder of a picture, highest first. A step is a 16:9 box lying the way the picture lies, so a vertical clip is
 * counted by its width. Nothing is scaled up; a picture under every step is kept at its own size.
 */
export const ladderFor = (facts: Pick<Facts, 'width' | 'height'>): Rung[] => {
  const lying = facts.width >= facts.height
  const fitted = STEPS.map(({ side, ...step }) => {
    const long = (side * 16) / 9
    const box = lying ? { width: long, height: side } : { width: side, height: long }
    return { ...step, ...fitInside(facts, box) }
  })
  const fitting = fitted.filter(({ scale }) => scale <= TOLERANCE)
  const rungs = fitting.length > 0 ? fitting : fitted.slice(-1)
  return rungs.map(({ scale: _scale, ...rung }) => rung)
}

type Size = { width: number; height: number }

/**
 * A picture on a ground of itself: `cover` is the ground before its edges are cut to `small`, at a quarter of the frame,
 * where it is blurred; `front` is the picture, as large as the frame takes.
 */
export const blurredLayout = (picture: Size, frame: Size) => {
  const small = { width: even(frame.width / 4), height: even(frame.height / 4) }
  const cover = Math.max(small.width / picture.width, small.height / picture.height)
  const fit = Math.min(frame.width / picture.width, frame.height / picture.height)
  return {
    small,
    cover: {
      width: Math.max(small.width, even(picture.width * cover)),
      height: Math.max(small.height, even(picture.height * cover)),
    },
    front: { width: even(picture.width * fit), height: even(picture.height * fit) },
  }
}

/** The largest part of the picture in the frame's shape, as near to the focus as the edges let it be. */
export const cropBox = (picture: Size, frame: Size, focus: { x: number; y: number }) => {
  const scale = Math.min(picture.width / frame.width, picture.height / frame.height)
  const width = Math.min(picture.width, even(frame.width * scale))
  const height = Math.min(picture.height, even(frame.height * scale))
  const place = (at: number, whole: number, part: number) =>
    Math.round(Math.min(Math.max(at * whole - part / 2, 0), whole - part))
  return {
    width,
    height,
    x: place(focus.x, picture.width, width),
    y: place(focus.y, picture.height, height),
  }
}
