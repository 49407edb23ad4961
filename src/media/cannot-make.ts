import { refuse, type Refusal } from '../errors'
import type { Facts } from './facts'
import { profileOf, type Profile, type Recipe } from './profiles'
import { sizePlan } from './size-plan'

type Asked = Pick<Facts, 'hasPicture' | 'hasSound' | 'durationSeconds'>

const hours = (seconds: number) => {
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

const ofSound = ({ how }: Profile) => how.by === 'sound' || how.by === 'peaks'

const tooLong = (profile: Profile, have: number, most: number) =>
  refuse(
    'too-long-for-channel',
    {
      vi: `Clip dài ${hours(have)}, ${profile.name.vi} nhận tối đa ${hours(most)}. Hãy dựng bản ngắn hơn; hệ thống không tự cắt.`,
      en: `The clip runs ${hours(have)}, ${profile.name.en} takes ${hours(most)} at most. Edit a shorter version; nothing is cut by itself.`,
    },
    { have, most },
  )

const tooShort = (profile: Profile, have: number, least: number) =>
  refuse(
    'too-short-for-channel',
    {
      vi: `Clip dài ${have.toFixed(1)} giây, ${profile.name.vi} nhận từ ${least} giây. Hãy dựng bản dài hơn.`,
      en: `The clip runs ${have.toFixed(1)} s, ${profile.name.en} takes ${least} s at least. Edit a longer version.`,
    },
    { have, least },
  )

const tooBig = (profile: Profile, have: number, bytes: number) =>
  refuse(
    'too-large-for-channel',
    {
      vi: `Clip dài ${hours(have)} không thể vừa ${Math.floor(bytes / 1e6)} MB của ${profile.name.vi} mà hình còn xem được. Hãy dựng bản ngắn hơn hoặc chỉ đăng liên kết.`,
      en: `A clip of ${hours(have)} does not fit the ${Math.floor(bytes / 1e6)} MB of ${profile.name.en} with a picture worth seeing. Edit a shorter version, or post a link.`,
    },
    { have, bytes },
  )

const lacks = (profile: Profile, what: 'picture' | 'sound') =>
  refuse(`no-${what}`, {
    vi: `Tệp gốc không có ${what === 'sound' ? 'tiếng' : 'hình'} nên không làm được ${profile.name.vi}.`,
    en: `The original has no ${what}, so ${profile.name.en} can not be made of it.`,
  })

/** Why this can not be made of that original, in words for who chose the channel; null when it can. */
export const cannotMake = (recipe: Recipe, facts: Asked): Refusal | null => {
  const profile = profileOf(recipe)
  const { how, seconds } = profile
  const have = facts.durationSeconds
  if (!ofSound(profile) && !facts.hasPicture) return lacks(profile, 'picture')
  if (ofSound(profile) && !facts.hasSound) return lacks(profile, 'sound')
  if (seconds?.most !== undefined && have > seconds.most)
    return tooLong(profile, have, seconds.most)
  if (seconds?.least !== undefined && have < seconds.least)
    return tooShort(profile, have, seconds.least)
  if (how.by === 'sized' && !sizePlan(how.rule, { seconds: have, hasSound: facts.hasSound }))
    return tooBig(profile, have, how.rule.bytes)
  return null
}
