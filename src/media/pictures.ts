import { frameRateOf, type Facts } from './facts'
import { ladderFor, type Rung } from './ladder'
import { profileOf, type PictureName, type Recipe } from './profiles'

/** A picture of a fixed shape, set into its frame on a blurred ground or cut out of it around the focus. */
export type Frame = { width: number; height: number; fill: 'blur' | 'crop' }
export const FRAMES = {
  vertical: { width: 1080, height: 1920, fill: 'blur' },
  'vertical-crop': { width: 1080, height: 1920, fill: 'crop' },
  square: { width: 1080, height: 1080, fill: 'blur' },
} as const satisfies Partial<Record<PictureName, Frame>>
type FrameName = keyof typeof FRAMES

/** What an editor pointed at: parts of the width and the height. */
export type Focus = { x: number; y: number }
export const CENTRE: Focus = { x: 0.5, y: 0.5 }

export type PictureOut = { file: string; fps: number; width: number; height: number } & (
  { is: 'rung'; rung: Rung } | { is: 'frame'; frame: Frame; label: string } | { is: 'master' }
)

export const topRung = (facts: Pick<Facts, 'width' | 'height'>): Rung => {
  const top = ladderFor(facts)[0]
  if (!top) throw new Error('a ladder has at least one rung')
  return top
}

/** A clip that already stands in the frame's shape, and large enough, is not framed again. */
export const isNative = (facts: Pick<Facts, 'width' | 'height'>, frame: Frame): boolean => {
  const top = topRung(facts)
  const shape = top.width / top.height / (frame.width / frame.height)
  return top.width >= frame.width / 2 && Math.abs(shape - 1) < 0.01
}

const rungOut = (facts: Facts, rung: Rung): PictureOut => ({
  is: 'rung',
  rung,
  file: `v${rung.name}.mp4`,
  fps: frameRateOf(facts),
  width: rung.width,
  height: rung.height,
})

const frameOut = (facts: Facts, name: FrameName): PictureOut => {
  const frame = FRAMES[name]
  if (isNative(facts, frame)) return rungOut(facts, topRung(facts))
  const { width, height } = frame
  const fps = frameRateOf(facts)
  return { is: 'frame', frame, label: name, file: `${name}.mp4`, fps, width, height }
}

/** YouTube wants the frame rate as it was taken. */
const masterRate = (facts: Facts) => Math.min(60, Math.max(1, Math.round(facts.fps)))

const small = (facts: Facts): Rung =>
  ladderFor(facts).find(({ name }) => name !== '1080') ?? topRung(facts)

const masterOut = (facts: Facts): PictureOut => {
  const { width, height } = topRung(facts)
  return { is: 'master', file: 'master.mp4', fps: masterRate(facts), width, height }
}

/** The picture of that name, of this clip. */
export const pictureOf = (name: PictureName, facts: Facts): PictureOut => {
  if (name === 'master') return masterOut(facts)
  if (name === 'top' || name === 'small')
    return rungOut(facts, name === 'top' ? topRung(facts) : small(facts))
  return frameOut(facts, name)
}

export const rungsOut = (facts: Facts): PictureOut[] =>
  ladderFor(facts).map((rung) => rungOut(facts, rung))

const needed = (recipe: Recipe, facts: Facts): PictureOut[] => {
  const { how } = profileOf(recipe)
  if (how.by === 'hls') return rungsOut(facts)
  if (how.by === 'poster' || how.by === 'frames') return [pictureOf('top', facts)]
  return how.by === 'mp4' ? [pictureOf(how.picture, facts)] : []
}

/** All that the one decode has to leave for these recipes, each once; the ladder first, highest rung first. */
export const picturesFor = (
  recipes: readonly Recipe[],
  facts: Facts,
  also: readonly PictureOut[] = [],
): PictureOut[] => {
  const outs = new Map(also.map((out) => [out.file, out]))
  for (const recipe of recipes) {
    for (const out of needed(recipe, facts)) outs.set(out.file, out)
  }
  const rank = (out: PictureOut) => (out.is === 'rung' ? -out.rung.width : 1)
  return [...outs.values()].sort((a, b) => rank(a) - rank(b))
}
