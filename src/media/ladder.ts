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

/** A clip that already stands 9:16 serves as its own vertical; another one is set on a blurred ground. */
export const isNativeVertical = (facts: Pick<Facts, 'width' | 'height'>): boolean => {
  const top = ladderFor(facts)[0]
  return (
    top !== undefined && top.width >= 540 && Math.abs(top.width / top.height / (9 / 16) - 1) < 0.01
  )
}

export const VERTICAL = { width: 1080, height: 1920 } as const

/** Blurred ground (made small, then enlarged: 1.6 times cheaper than blurring at full size) and the picture on it. */
export const verticalLayout = (facts: Pick<Facts, 'width' | 'height'>) => {
  const cover = Math.max(270 / facts.width, 480 / facts.height)
  const fit = Math.min(VERTICAL.width / facts.width, VERTICAL.height / facts.height)
  return {
    ground: {
      width: Math.max(270, even(facts.width * cover)),
      height: Math.max(480, even(facts.height * cover)),
    },
    front: { width: even(facts.width * fit), height: even(facts.height * fit) },
  }
}
