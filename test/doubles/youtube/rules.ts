/** The methods the double knows, as the discovery document states them (RULES 1-4). Nothing else answers. */
export type Route =
  | 'token'
  | 'session.start'
  | 'session.put'
  | 'videos.list'
  | 'videos.update'
  | 'videos.delete'
  | 'thumbnails.set'
  | 'channels.list'
  | 'playlistItems.list'
  | 'oembed'
  | 'watch'

export type Method = {
  route: Route
  id: string
  verb: string
  path: string
  params: readonly string[]
  required: readonly string[]
  scopes: readonly string[]
  cost: number
  parts: readonly string[]
}

const SCOPE = 'https://www.googleapis.com/auth/'
const MANAGE = ['youtube', 'youtube.force-ssl', 'youtubepartner'].map((name) => SCOPE + name)
const READ = [...MANAGE, `${SCOPE}youtube.readonly`]
const UPLOAD = [...MANAGE, `${SCOPE}youtube.upload`]

export const GLOBAL_PARAMS = [
  '$.xgafv',
  'access_token',
  'alt',
  'callback',
  'fields',
  'key',
  'oauth_token',
  'prettyPrint',
  'quotaUser',
  'uploadType',
  'upload_protocol',
]

export const VIDEO_PARTS = [
  'contentDetails',
  'fileDetails',
  'id',
  'localizations',
  'player',
  'processingDetails',
  'recordingDetails',
  'snippet',
  'statistics',
  'status',
  'suggestions',
  'topicDetails',
]

export const METHODS: readonly Method[] = [
  {
    route: 'session.start',
    id: 'youtube.videos.insert',
    verb: 'POST',
    path: '/upload/youtube/v3/videos',
    params: [
      'autoLevels',
      'notifySubscribers',
      'onBehalfOfContentOwner',
      'onBehalfOfContentOwnerChannel',
      'part',
      'stabilize',
    ],
    required: ['part'],
    scopes: UPLOAD,
    cost: 1,
    parts: VIDEO_PARTS,
  },
  {
    route: 'videos.list',
    id: 'youtube.videos.list',
    verb: 'GET',
    path: '/youtube/v3/videos',
    params: [
      'chart',
      'hl',
      'id',
      'locale',
      'maxHeight',
      'maxResults',
      'maxWidth',
      'myRating',
      'onBehalfOfContentOwner',
      'pageToken',
      'part',
      'regionCode',
      'videoCategoryId',
    ],
    required: ['part'],
    scopes: READ,
    cost: 1,
    parts: VIDEO_PARTS,
  },
  {
    route: 'videos.update',
    id: 'youtube.videos.update',
    verb: 'PUT',
    path: '/youtube/v3/videos',
    params: ['onBehalfOfContentOwner', 'part'],
    required: ['part'],
    scopes: MANAGE,
    cost: 50,
    parts: VIDEO_PARTS,
  },
  {
    route: 'videos.delete',
    id: 'youtube.videos.delete',
    verb: 'DELETE',
    path: '/youtube/v3/videos',
    params: ['id', 'onBehalfOfContentOwner'],
    required: ['id'],
    scopes: MANAGE,
    cost: 50,
    parts: [],
  },
  {
    route: 'thumbnails.set',
    id: 'youtube.thumbnails.set',
    verb: 'POST',
    path: '/upload/youtube/v3/thumbnails/set',
    params: ['onBehalfOfContentOwner', 'videoId'],
    required: ['videoId'],
    scopes: UPLOAD,
    cost: 50,
    parts: [],
  },
  {
    route: 'channels.list',
    id: 'youtube.channels.list',
    verb: 'GET',
    path: '/youtube/v3/channels',
    params: [
      'categoryId',
      'forHandle',
      'forUsername',
      'hl',
      'id',
      'managedByMe',
      'maxResults',
      'mine',
      'mySubscribers',
      'onBehalfOfContentOwner',
      'pageToken',
      'part',
    ],
    required: ['part'],
    scopes: READ,
    cost: 1,
    parts: ['contentDetails', 'id', 'snippet', 'statistics', 'status'],
  },
  {
    route: 'playlistItems.list',
    id: 'youtube.playlistItems.list',
    verb: 'GET',
    path: '/youtube/v3/playlistItems',
    params: [
      'id',
      'maxResults',
      'onBehalfOfContentOwner',
      'pageToken',
      'part',
      'playlistId',
      'videoId',
    ],
    required: ['part'],
    scopes: READ,
    cost: 1,
    parts: ['contentDetails', 'id', 'snippet', 'status'],
  },
]

export type FieldType =
  'string' | 'boolean' | 'date-time' | 'strings' | 'object' | readonly string[]

/** What a caller may set, part by part (RULES 30-31). */
export const MUTABLE: Record<string, Record<string, FieldType>> = {
  snippet: {
    title: 'string',
    description: 'string',
    tags: 'strings',
    categoryId: 'string',
    defaultLanguage: 'string',
    defaultAudioLanguage: 'string',
  },
  status: {
    privacyStatus: ['public', 'unlisted', 'private'],
    publishAt: 'date-time',
    license: ['youtube', 'creativeCommon'],
    embeddable: 'boolean',
    publicStatsViewable: 'boolean',
    selfDeclaredMadeForKids: 'boolean',
    containsSyntheticMedia: 'boolean',
  },
  recordingDetails: { recordingDate: 'date-time' },
}

/** What the platform states itself; sent by a caller, it is ignored (RULE 31). */
export const READ_ONLY: Record<string, readonly string[]> = {
  snippet: [
    'channelId',
    'channelTitle',
    'liveBroadcastContent',
    'localized',
    'publishedAt',
    'thumbnails',
  ],
  status: ['uploadStatus', 'failureReason', 'rejectionReason', 'madeForKids'],
  recordingDetails: ['location', 'locationDescription'],
}
