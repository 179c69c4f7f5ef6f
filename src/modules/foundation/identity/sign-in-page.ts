import type { CitizenSignInProblem } from './citizen-service.ts';

/** What the citizen's sign-in page shows. */
export type SignInPageProps = {
  /** Already checked: a local path. */
  readonly returnTo: string;
  readonly providerName: string;
  readonly problem: CitizenSignInProblem | undefined;
};

/** Draws the page; the portal brings its own with header and style sheet. */
export type RenderSignInPage = (props: SignInPageProps) => string | Promise<string>;

/** What went wrong, and what to do about it. */
export const SIGN_IN_PROBLEMS: Record<CitizenSignInProblem, string> = {
  refused: 'Bạn đã từ chối chia sẻ thông tin định danh nên chưa đăng nhập được. Bạn có thể thử lại bất cứ lúc nào.',
  invalid: 'Kết quả định danh nhận được không hợp lệ nên không được chấp nhận. Hãy đăng nhập lại từ đầu.',
  unreachable: 'Hệ thống định danh đang không trả lời. Hãy thử lại sau ít phút.',
  outlived: 'Lần đăng nhập này đã quá lâu hoặc được mở ở trình duyệt khác. Hãy đăng nhập lại từ đầu.',
  'no-name': 'Hệ thống định danh chưa cung cấp họ tên của bạn. Hãy cập nhật tài khoản định danh rồi thử lại.',
  disabled: 'Tài khoản này đang bị khóa trên hệ thống. Hãy liên hệ Bộ phận Một cửa.',
};

const escapeHtml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** Address of the link that starts the sign-in. */
export function startPath(returnTo: string): string {
  return `/dang-nhap/oidc?tiep=${encodeURIComponent(returnTo)}`;
}

/** A plain page without style, for installations and tests that bring none. */
export function renderPlainSignInPage(props: SignInPageProps): string {
  const problem =
    props.problem === undefined ? '' : `<div role="alert"><p>${SIGN_IN_PROBLEMS[props.problem]}</p></div>\n`;
  return `<!doctype html>
<html lang="vi">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Đăng nhập</title></head>
<body><main>
<h1>Đăng nhập</h1>
${problem}<p>Công dân, tổ chức đăng nhập bằng tài khoản định danh điện tử.</p>
<p><a href="${escapeHtml(startPath(props.returnTo))}">Đăng nhập bằng ${escapeHtml(props.providerName)}</a></p>
<p><a href="/can-bo">Cán bộ, công chức đăng nhập tại đây</a></p>
</main></body>
</html>
`;
}
