export const REVISION = { vi: 'Bản', en: 'Revision' }

export const COMPOSER = {
  heading: { vi: 'Lên kênh', en: 'On the channels' },
  mend: { vi: 'Cần sửa {n}', en: '{n} to mend' },
  full: { vi: 'Đủ', en: 'Complete' },
  title: { vi: 'Tiêu đề', en: 'Title' },
  text: { vi: 'Mô tả', en: 'Description' },
  tags: { vi: 'Từ khóa, cách nhau bằng dấu phẩy', en: 'Tags, comma-separated' },
  thumbnail: { vi: 'Ảnh đại diện', en: 'Thumbnail' },
  frame: { vi: 'Ảnh {name}', en: 'Picture {name}' },
  second: { vi: 'Tại {time}', en: 'At {time}' },
  standard: { vi: 'Mặc định', en: 'Standard' },
  noFrames: {
    vi: 'Có ảnh để chọn khi chuyển mã xong.',
    en: 'Frames appear when processing is done.',
  },
  characters: { vi: '{n} ký tự', en: '{n} characters' },
  charactersOf: { vi: '{n}/{max}', en: '{n}/{max}' },
  bytesOf: { vi: '{n}/{max} byte', en: '{n}/{max} bytes' },
  save: { vi: 'Lưu bản kênh', en: 'Save' },
  saving: { vi: 'Đang lưu…', en: 'Saving…' },
  saved: { vi: 'Đã lưu', en: 'Saved' },
  unsaved: { vi: 'Chưa lưu', en: 'Not saved' },
  undo: { vi: 'Bỏ chữ vừa gõ', en: 'Drop what I typed' },
  drop: { vi: 'Bỏ kênh', en: 'Drop the channel' },
  dropWhat: {
    vi: 'Tin này sẽ không lên {name} nữa. Chữ đã viết vẫn được giữ.',
    en: 'This story will not go to {name} any more. What was written is kept.',
  },
  add: { vi: 'Thêm kênh', en: 'Add a channel' },
  none: { vi: 'Chưa chọn kênh nào cho tin này.', en: 'No channel chosen for this story yet.' },
  changed: {
    vi: 'Bản kênh này vừa được người khác lưu. Chữ bạn gõ vẫn còn ở đây; xem lại rồi lưu.',
    en: 'Somebody else just saved this variant. What you typed is still here; look again, then save.',
  },
  voids: {
    vi: 'Lưu thay đổi sẽ làm mất hiệu lực ấn của kênh này.',
    en: 'Saving a change voids the seal on this channel.',
  },
}
