/** How a file is fitted under a size: kilobits a second for the picture, the short side that bears them. */
export type SizeRule = {
  /** What the platform takes. */
  bytes: number
  soundK: number
  /** More than this adds nothing that a phone shows. */
  mostK: number
  /** Under this the picture is made smaller. */
  smallerUnderK: number
  /** Under this nobody should have to look at it: refused, a link is better. */
  floorK: number
}
export type SizePlan = { pictureK: number; side: 720 | 480 }

/** What the container and an unsteady encoder may take of the limit. */
const KEPT_FREE = 0.97

/** Null when what fits would fall under the floor. */
export const sizePlan = (rule: SizeRule, made: { seconds: number; hasSound: boolean }) => {
  const kilobits = (rule.bytes * 8 * KEPT_FREE) / 1000
  const fits = Math.floor(kilobits / made.seconds) - (made.hasSound ? rule.soundK : 0)
  if (fits < rule.floorK) return null
  const pictureK = Math.min(fits, rule.mostK)
  const plan: SizePlan = { pictureK, side: pictureK < rule.smallerUnderK ? 480 : 720 }
  return plan
}
