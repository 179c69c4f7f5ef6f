import type { SimulatedCitizen } from './simulator-citizens.ts';

const escapeHtml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** Where the style sheet is served; a file of its own, since the page's CSP allows no inline style. */
export const STYLE_PATH = '/mo-phong.css';

/** Login page of the simulator: no script, one column, readable at 360 px. */
export function simulatorPage(uid: string, citizens: readonly SimulatedCitizen[], problem?: string): string {
  const choices = citizens
    .map((citizen, index) => {
      const kind =
        citizen.accountType === '1' ? 'Công dân' : citizen.accountType === '2' ? 'Doanh nghiệp, hợp tác xã' : 'Tổ chức';
      const id = `nguoi-${index + 1}`;
      const level = citizen.level === 'LoA2' ? 'mức 2' : 'mức 1';
      return `<li><input type="radio" id="${id}" name="subject" value="${escapeHtml(citizen.subject)}"${index === 0 ? ' checked' : ''}>
<label for="${id}"><strong>${escapeHtml(citizen.fullName)}</strong>
<span>${kind}, số ${escapeHtml(citizen.idNumber)}, định danh ${level}</span></label></li>`;
    })
    .join('\n');
  return layout(`<h1>Chọn người đăng nhập</h1>
${problem === undefined ? '' : `<p role="alert" class="loi">${escapeHtml(problem)}</p>`}
<form method="post" action="/interaction/${escapeHtml(uid)}">
<fieldset><legend>Người trong danh sách đều do phần mềm đặt ra</legend>
<ul>
${choices}
</ul></fieldset>
<p class="nut"><button name="action" value="login">Đăng nhập</button>
<button name="action" value="refuse" class="phu">Không đồng ý chia sẻ thông tin</button></p>
</form>`);
}

/** Told where a page is opened too late or out of turn. */
export function simulatorErrorPage(): string {
  return layout(`<h1>Phiên đăng nhập không còn</h1>
<p>Trang này đã quá hạn hoặc được mở lại. Hãy quay về trang của cơ quan và bấm đăng nhập lần nữa.</p>`);
}

function layout(main: string): string {
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mô phỏng định danh điện tử</title>
<link rel="stylesheet" href="${STYLE_PATH}">
</head>
<body>
<header><p><strong>Mô phỏng định danh điện tử</strong></p>
<p>Trang thử nghiệm, không phải VNeID. Không nhập thông tin thật.</p></header>
<main>
${main}
</main>
</body>
</html>
`;
}

/** Colours reach 7:1 on their ground; targets are 48 px high. */
export const SIMULATOR_STYLE = `
:root { color-scheme: light dark; --nen: #fff; --chu: #1a1a1a; --vien: #5c5c5c; --nhan: #0b4f8a; --nhan-chu: #fff; --canh: #fff4d6; --canh-chu: #3d2c00; --loi: #9b1c1c; }
@media (prefers-color-scheme: dark) { :root { --nen: #16181b; --chu: #f2f2f2; --vien: #a0a0a0; --nhan: #9ccbff; --nhan-chu: #06213a; --canh: #3a3010; --canh-chu: #ffefc2; --loi: #ffb4ab; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--nen); color: var(--chu); font: 1.0625rem/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
header { background: var(--canh); color: var(--canh-chu); padding: .75rem 1rem; }
header p { margin: 0 auto; max-width: 36rem; }
main { max-width: 38rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: .5rem 0 1rem; }
fieldset { border: 0; margin: 0; padding: 0; }
ul { list-style: none; margin: .75rem 0; padding: 0; }
li { display: flex; align-items: center; gap: .75rem; border: 1px solid var(--vien); border-radius: .5rem; margin: 0 0 .5rem; padding: 0 .75rem; }
li input { flex: none; width: 1.5rem; height: 1.5rem; accent-color: var(--nhan); }
label { flex: 1; padding: .6rem 0; min-height: 3rem; overflow-wrap: anywhere; }
label span { display: block; font-size: .95rem; }
.nut { display: flex; flex-wrap: wrap; gap: .75rem; }
button { font: inherit; min-height: 3rem; padding: .5rem 1.25rem; border: 2px solid var(--nhan); border-radius: .5rem; background: var(--nhan); color: var(--nhan-chu); cursor: pointer; }
button.phu { background: transparent; color: var(--nhan); }
:focus-visible { outline: 3px solid var(--nhan); outline-offset: 2px; }
.loi { color: var(--loi); font-weight: 600; }
`;
