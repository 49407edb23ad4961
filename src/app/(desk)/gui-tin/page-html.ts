import { KIND_OPTIONS } from '@/stories/kinds'

const escaped = (text: string) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)

const kinds = () =>
  KIND_OPTIONS.filter(({ value }) => value === 'clip' || value === 'text')
    .reverse()
    .map(({ value, label }) => `<option value="${value}">${escaped(label.vi)}</option>`)
    .join('')

/** A source is a statement of rights: nobody makes it by leaving a form as it came. */
const choose = '<option value="">Chọn…</option>'

const login = `
<form id="login" class="card" hidden>
  <h2>Đăng nhập</h2>
  <label>Thư điện tử<input name="email" type="email" autocomplete="username" inputmode="email" required></label>
  <label>Mật khẩu<input name="password" type="password" autocomplete="current-password" required></label>
  <p class="problem" role="alert"></p>
  <button class="primary">Đăng nhập</button>
</form>`

const compose = `
<form id="compose" class="card" hidden>
  <h2>Tin mới</h2>
  <div class="two">
    <label>Thể loại<select name="kind">${kinds()}</select></label>
    <label>Chuyên mục<select name="section" required>${choose}</select></label>
  </div>
  <label>Tít<input name="title" maxlength="200" required autocomplete="off" enterkeyhint="next"></label>
  <label>Nội dung<textarea name="body" rows="4"></textarea></label>
  <label>Nguồn<select name="source" required>${choose}</select></label>
  <label>Ghi chú của phóng viên<textarea name="note" rows="2"></textarea></label>
  <fieldset id="pick"><legend>Clip</legend>
    <div class="two">
      <label class="file">Quay<input type="file" id="camera" accept="video/*" capture="environment"></label>
      <label class="file">Chọn tệp<input type="file" id="gallery" multiple accept="video/*,.mp4,.mov,.mkv,.mts,image/*,audio/*"></label>
    </div>
    <p class="faint drop">Hoặc kéo thả tệp vào trang này, nhiều tệp cùng lúc cũng được.</p>
    <p id="picked" class="faint">Chưa chọn tệp</p>
    <ul id="chosen"></ul>
  </fieldset>
  <p class="problem" role="alert"></p>
  <button class="primary">Gửi tin</button>
  <p class="faint">Chữ đang gõ được giữ trên máy này.</p>
</form>`

/** The whole page in one answer. What changes is filled in by the one script. */
export const guiTinPage = ({ site, style }: { site: string; style: string }) => `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Gửi tin · ${escaped(site)}</title>
<style>${style}</style>
<script type="module" src="/js/gui-tin.js"></script>
</head>
<body>
<header><h1>Gửi tin</h1><p id="who" class="faint">${escaped(site)}</p><button id="leave" class="quiet" hidden>Thoát</button></header>
<main>
<noscript><p class="card">Trang này cần JavaScript để gửi tệp tiếp khi mất mạng.</p></noscript>
<p id="line" class="band amber" role="status" hidden></p>
${login}
<section id="unfinished" aria-label="Tệp gửi dở"></section>
<section id="sending" class="card" hidden aria-label="Đang gửi"><p id="all" class="faint" hidden></p><div id="files"></div></section>
${compose}
<section id="mine" hidden><h2>Tin của tôi</h2><p id="empty" class="faint">Đang tải…</p><ul id="items"></ul></section>
</main>
<p id="said" class="unseen" role="status" aria-live="polite"></p>
</body>
</html>`
