/** Job names and what each carries: ids only. The rows hold the truth. */
export type Jobs = {
  /** An upload is whole in the spool. */
  'upload.arrived': { upload: string }
  /** An asset is in the store; its renditions are wanted. */
  'asset.process': { asset: string }
  /** A channel was chosen for a story, or its variant changed: it may bind what was not made. */
  'asset.wanted': { story: string; channel: string }
  /** Captions of an asset were accepted or reopened: readers get other files. */
  'captions.make': { asset: string }
  /** Somebody asked the machine to write captions. */
  'captions.hear': { captions: string }
  /** What is done to an original on its way out changed: whoever decided on it saw another clip. */
  'asset.redressed': { asset: string }
  /** Channels of a story were signed. */
  'story.signed': { story: string }
  /** A seal no longer holds: what is planned under it must wait. */
  'seal.void': { story: string }
  /** A delivery changed and may have something to do. */
  'delivery.step': { delivery: string }
}

export type JobName = keyof Jobs

export type QueueName = 'transcode' | 'publish' | 'upkeep' | 'hear'

/** Which queue carries which job. Intake is quick and must not wait behind a long transcode or a service that listens. */
export const QUEUE_OF: Record<JobName, QueueName> = {
  'upload.arrived': 'upkeep',
  'asset.process': 'transcode',
  'asset.wanted': 'upkeep',
  'captions.make': 'upkeep',
  'captions.hear': 'hear',
  'asset.redressed': 'upkeep',
  'story.signed': 'publish',
  'seal.void': 'publish',
  'delivery.step': 'publish',
}
