type Entry = { readonly status: number; readonly vi: string; readonly en: string };
const entry = (status: number, vi: string, en: string): Entry => ({ status, vi, en });

/** One registry: code → HTTP status → Vietnamese and English text. A missing and a forbidden row look the same (404). */
export const ERRORS = {
  'request/invalid': entry(
    400,
    'Dữ liệu gửi lên chưa đúng. Xem các ô được đánh dấu và sửa lại.',
    'The request is not valid.',
  ),
  'request/too-large': entry(413, 'Nội dung gửi lên quá lớn (tối đa {{limit}}).', 'The request is too large.'),
  'request/unsupported-media': entry(415, 'Kiểu nội dung này không được hỗ trợ.', 'Unsupported media type.'),
  'request/cross-site': entry(403, 'Yêu cầu đến từ một trang khác nên bị từ chối.', 'Cross-site request refused.'),
  'request/repeated-differently': entry(
    409,
    'Yêu cầu này đã được gửi trước đó với nội dung khác. Tải lại trang rồi thử lại.',
    'This idempotency key was used with another content.',
  ),
  'request/too-many': entry(429, 'Bạn thao tác quá nhanh. Đợi {{seconds}} giây rồi thử lại.', 'Too many requests.'),
  'visit/too-many': entry(
    429,
    'Đang có quá nhiều lượt nộp không đăng nhập từ mạng này hoặc trên toàn hệ thống. Đợi {{minutes}} phút rồi thử lại, hoặc đăng nhập để làm ngay; phần đã lưu vẫn còn.',
    'Too many requests of guests.',
  ),
  'follow/whole-number': entry(
    429,
    'Mã hồ sơ này đã bị thử sai nhiều lần nên tạm không nhận 4 số cuối và năm sinh. Nhập đủ số giấy tờ tùy thân hoặc số điện thoại của người nộp.',
    'Short facts are closed at this code; the whole number is needed.',
  ),
  'access/sign-in': entry(401, 'Phiên làm việc đã hết. Đăng nhập lại để tiếp tục.', 'Sign in to continue.'),
  'access/forbidden': entry(403, 'Tài khoản của bạn không có quyền làm việc này.', 'You may not do this.'),
  'access/change-password': entry(
    403,
    'Đổi mật khẩu dùng một lần trước, rồi mới làm việc khác được.',
    'Change the one-time password first.',
  ),
  'access/enrol-totp': entry(
    403,
    'Vai trò của bạn cần mã xác thực. Cài mã xác thực trước, rồi mới làm việc khác được.',
    'Your role asks for one-time codes; enrol first.',
  ),
  'sign-in/failed': entry(401, 'Tên đăng nhập, mật khẩu hoặc mã xác thực chưa đúng.', 'Sign-in failed.'),
  'sign-in/locked': entry(
    429,
    'Đã thử sai quá nhiều lần từ máy này. Thử lại sau {{minutes}} phút.',
    'Too many failed attempts from this address.',
  ),
  'sign-in/code-needed': entry(401, 'Nhập mã xác thực 6 số từ ứng dụng.', 'A one-time code is needed.'),
  'sign-in/no-position': entry(
    403,
    'Tài khoản chưa được giao vị trí công tác nào. Liên hệ quản trị đơn vị để được giao việc.',
    'The account holds no position.',
  ),
  'password/refused': entry(422, 'Mật khẩu mới chưa dùng được: {{reason}}', 'The new password is refused.'),
  'password/wrong': entry(422, 'Mật khẩu hiện tại chưa đúng.', 'The current password is wrong.'),
  'totp/wrong-code': entry(
    422,
    'Mã xác thực chưa đúng hoặc đã dùng. Đợi mã mới rồi nhập lại; kiểm tra giờ trên điện thoại.',
    'The one-time code is wrong or was used before.',
  ),
  'totp/not-started': entry(
    409,
    'Chưa bắt đầu cài mã xác thực, hoặc đã cài xong. Tải lại trang để xem tình trạng hiện tại.',
    'Enrolment has not begun, or is complete.',
  ),
  'mail/not-set': entry(
    409,
    'Hệ thống chưa đặt máy chủ thư. Đặt MOTCUA_SMTP_URL và MOTCUA_MAIL_FROM rồi khởi động lại dịch vụ.',
    'No mail server is set.',
  ),
  'totp/required': entry(
    422,
    'Vai trò của bạn cần mã xác thực nên không bỏ được. Đổi điện thoại: nhờ quản trị bỏ mã cũ rồi cài lại.',
    'Your role asks for one-time codes.',
  ),
  'account/login-invalid': entry(
    422,
    'Tên đăng nhập gồm 3–64 ký tự a–z, 0–9 và . _ @ -, bắt đầu bằng chữ hoặc số.',
    'The login has a wrong form.',
  ),
  'account/duplicate': entry(
    409,
    'Tên đăng nhập đã có người dùng, hoặc cán bộ này đã có tài khoản.',
    'The login is taken, or this person has an account.',
  ),
  'grant/beyond-own': entry(
    403,
    'Không gán được vai trò “{{role}}” tại {{unit}}: bạn không có {{missing}} với tầm đó. Chỉ gán được vai trò gồm những quyền chính bạn đang có; cần hơn thì nhờ quản trị hệ thống của đơn vị.',
    'The role goes beyond what the grantor holds.',
  ),
  'account/roles-elsewhere': entry(
    403,
    'Người này còn giữ vai trò ở đơn vị ngoài phạm vi quản lý tài khoản của bạn. Nhờ quản trị cấp trên, hoặc thôi các vai trò đó trước.',
    'The person holds roles at units of others.',
  ),
  'row/missing': entry(404, 'Không tìm thấy, hoặc bạn không có quyền xem.', 'Not found.'),
  'row/stale': entry(
    409,
    'Nội dung đã được người khác thay đổi. Tải lại để xem bản mới; phần bạn đã nhập vẫn còn.',
    'The row was changed meanwhile.',
  ),
  'row/duplicate': entry(409, 'Đã có một mục như vậy.', 'Such a row exists already.'),
  'dossier/illegal-action': entry(
    409,
    'Hồ sơ đang ở trạng thái “{{state}}”, không thể thực hiện thao tác này. Tải lại để xem các thao tác hiện có.',
    'The action is not legal in this state.',
  ),
  'dossier/form-invalid': entry(422, 'Tờ khai còn mục chưa đúng. Xem các ô được đánh dấu.', 'The form has errors.'),
  'dossier/components-missing': entry(
    422,
    'Còn thiếu giấy tờ bắt buộc: {{names}}.',
    'Required components are missing.',
  ),
  'dossier/reappointed': entry(
    409,
    'Hồ sơ đã được hẹn lại một lần; mỗi hồ sơ chỉ được hẹn lại một lần.',
    'The dossier has been re-appointed once already.',
  ),
  'dossier/due-not-later': entry(
    422,
    'Ngày hẹn lại phải sau hạn hiện tại và sau thời điểm này. Chọn ngày muộn hơn.',
    'The new date must lie after the present one and after now.',
  ),
  'dossier/day-off': entry(
    422,
    'Ngày hẹn lại rơi vào ngày nghỉ. Chọn một ngày làm việc.',
    'The new date is a day off.',
  ),
  'dossier/fee-unknown': entry(
    422,
    'Chưa tính được phí, lệ phí nên chưa nhận hồ sơ: {{reasons}} Bổ sung mục còn thiếu của tờ khai; nếu tờ khai đã đủ, báo người soạn thủ tục sửa mức thu.',
    'A fee cannot be computed.',
  ),
  'plan/state': entry(
    409,
    'Kế hoạch đang ở trạng thái “{{state}}”, không thực hiện được việc này. Tải lại để xem tình trạng hiện tại.',
    'The plan is in another state.',
  ),
  'plan/superseded': entry(
    409,
    'Bản lịch của kế hoạch đã bị bản khác thay thế. Lập kế hoạch mới theo bản lịch đang có hiệu lực.',
    'The calendar revision of the plan was superseded.',
  ),
  'plan/nothing-older': entry(
    422,
    'Lịch này chưa có bản nào trước bản đã chọn nên không có hồ sơ nào phải tính lại.',
    'The calendar has no other revision.',
  ),
  'plan/beyond-own': entry(
    403,
    'Kế hoạch có hồ sơ của {{count}} đơn vị ngoài phạm vi bạn được duyệt. Lập kế hoạch riêng cho đơn vị của bạn, hoặc nhờ người có thẩm quyền cao hơn duyệt.',
    'The plan holds dossiers of units you do not answer for.',
  ),
  'plan/makes-late': entry(
    422,
    'Áp dụng sẽ làm {{count}} hồ sơ thành quá hạn ngay. Xem danh sách và xác nhận chấp nhận, hoặc lập kế hoạch chỉ lùi ngày hẹn.',
    'Applying makes dossiers late at once.',
  ),
  'dossier/reason-needed': entry(422, 'Nhập lý do trước khi thực hiện.', 'A reason is needed.'),
  'dossier/channel-closed': entry(
    422,
    'Thủ tục này không nhận hồ sơ qua kênh đã chọn tại đơn vị này.',
    'The procedure does not take dossiers by this channel here.',
  ),
  'dossier/second-request': entry(
    409,
    'Chỉ được yêu cầu bổ sung một lần khi tiếp nhận.',
    'Completion may be asked only once at intake.',
  ),
  'apology/illegal-act': entry(
    409,
    'Việc này không làm được khi văn bản đang ở trạng thái “{{state}}”. Mở lại để xem trạng thái mới nhất.',
    'The act is not possible in the present state of the apology.',
  ),
  'apology/open': entry(
    409,
    'Hồ sơ này đã có đề xuất hẹn lại hoặc xin lỗi đang xử lý.',
    'The dossier has an open proposal already.',
  ),
  'apology/refused': entry(422, '{{reason}}', 'The proposal cannot be made.'),
  'health/not-now': entry(409, 'Phát hiện đã chuyển trạng thái. Tải lại trang để xem.', 'The finding has moved on.'),
  'health/own-explanation': entry(
    403,
    'Người giải trình không tự quyết định về giải trình của mình. Nhờ người có quyền khác.',
    'An explanation is decided by somebody else.',
  ),
  'health/reason-needed': entry(422, 'Ghi rõ lý do và căn cứ.', 'A reason and evidence are needed.'),
  'health/month-not-over': entry(
    422,
    'Chỉ nhập số của tháng đã kết thúc, trong 60 tháng gần đây.',
    'Only months that are over are entered.',
  ),
  'lateness/sum-changed': entry(
    422,
    'Tổng số phút phải đúng bằng {{minutes}} phút của phần này. Chia lại cho đủ.',
    'The shares do not add up to the minutes of the part.',
  ),
  'lateness/unknown-holder': entry(
    422,
    'Chỉ quy được cho bước, đơn vị và người đã giữ hồ sơ này. Chọn trong danh sách.',
    'Only those who held the dossier can answer for it.',
  ),
  'lateness/unknown-cause': entry(
    422,
    'Nguyên nhân không có trong danh mục áp dụng cho ngày này. Chọn trong danh sách.',
    'The cause is not on the list of that day.',
  ),
  'procedure/missing': entry(
    422,
    'Không có thủ tục {{code}} đang có hiệu lực ngày {{day}}.',
    'No published revision of the procedure on that day.',
  ),
  'procedure/invalid': entry(422, 'Thủ tục chưa hợp lệ: {{reason}}', 'The procedure is not valid.'),
  'procedure/not-yours': entry(
    403,
    'Thủ tục dùng chung cho mọi đơn vị của bản cài đặt này: chỉ người có quyền soạn, công bố tại đơn vị quản lý bản cài đặt được sửa. Gửi đề nghị cho quản trị của đơn vị đó.',
    'The catalogue belongs to the units the installation serves.',
  ),
  'unit/closed': entry(
    422,
    'Đơn vị đã ngừng hoạt động từ {{day}}. Chọn đơn vị kế thừa.',
    'The unit ceased before that day.',
  ),
  'unit/has-children': entry(
    409,
    'Còn {{count}} đơn vị trực thuộc chưa kết thúc. Kết thúc hoặc chuyển các đơn vị đó trước.',
    'Units below are still open.',
  ),
  'succession/refused': entry(422, 'Chưa ghi nhận được: {{reason}}', 'The succession cannot be recorded.'),
  'unit/still-open': entry(
    409,
    '“{{name}}” vẫn còn hoạt động. Kết thúc đơn vị này vào ngày {{day}} trước khi ghi nhận kế thừa.',
    'The former unit has not been ended.',
  ),
  'unit/missing': entry(422, 'Không tìm thấy đơn vị {{code}}.', 'No such unit on that day.'),
  'calendar/missing': entry(
    422,
    'Chưa có lịch làm việc áp dụng cho đơn vị vào ngày {{day}}. Quản trị viên cần công bố lịch.',
    'No working-time calendar is in force.',
  ),
  'absence/period': entry(
    422,
    'Thời gian vắng phải kết thúc sau lúc bắt đầu và chưa qua. Chọn lại từ ngày, đến ngày.',
    'The period of the absence is empty or over.',
  ),
  'absence/too-long': entry(
    422,
    'Một lần ghi vắng không quá {{days}} ngày. Chọn lại ngày kết thúc.',
    'The absence is too long.',
  ),
  'absence/kind': entry(422, 'Lý do vắng không có trong danh mục. Chọn lại.', 'The kind of absence is not known.'),
  'absence/overlap': entry(
    409,
    'Người này đã được ghi vắng trong khoảng thời gian ấy. Sửa lần vắng đã ghi.',
    'The person is absent already within the period.',
  ),
  'absence/self': entry(422, 'Không thể tự làm thay mình. Chọn người khác.', 'Nobody acts for himself.'),
  'absence/acting-left': entry(
    422,
    '{{name}} không giữ chức vụ suốt khoảng thời gian ấy. Chọn người khác.',
    'The acting person is not in office for the whole period.',
  ),
  'absence/other-authority': entry(
    422,
    '{{name}} không thuộc cùng cơ quan. Chọn người trong cơ quan.',
    'The acting person belongs to another authority.',
  ),
  'absence/circular': entry(
    422,
    '{{name}} cũng vắng trong khoảng ấy và đang được chính người này làm thay. Chọn người khác.',
    'Two people cannot act for each other at once.',
  ),
  'absence/acting-absent': entry(
    422,
    '{{name}} cũng vắng trong khoảng thời gian ấy. Chọn người khác.',
    'The acting person is absent within the period.',
  ),
  'absence/decision': entry(
    422,
    'Giao ký thay phải có số văn bản giao quyền. Nhập số văn bản.',
    'Signing is handed over by a numbered decision only.',
  ),
  'absence/deputy': entry(
    422,
    '{{name}} ({{title}}) không phải cấp phó nên không được giao ký thay. Chọn cấp phó hoặc bỏ quyền ký.',
    'Only a deputy signs for somebody.',
  ),
  'absence/beyond-own': entry(
    422,
    'Người này còn chức vụ ngoài đơn vị Ông/Bà phụ trách. Chọn một đơn vị thuộc quyền làm phạm vi làm thay.',
    'The scope goes beyond the units of who records the absence.',
  ),
  'absence/state': entry(
    409,
    'Lần vắng này ở trạng thái “{{state}}” nên không sửa được nữa.',
    'The absence cannot be changed any more.',
  ),
  'warning/ladder-invalid': entry(422, 'Thang cảnh báo chưa dùng được: {{reason}}', 'The warning ladder is not valid.'),
  'calendar/invalid': entry(422, 'Lịch làm việc không hợp lệ: {{reason}}', 'The calendar is not valid.'),
  'clock/invalid': entry(422, 'Không tính được hạn: {{reason}}', 'The due date cannot be computed.'),
  'file/wrong-type': entry(
    422,
    'Tệp “{{name}}” không phải PDF, JPG hoặc PNG. Chọn tệp khác.',
    'The file type is not accepted.',
  ),
  'file/too-large': entry(
    413,
    'Tệp “{{name}}” lớn hơn {{limit}}. Giảm dung lượng rồi gửi lại.',
    'The file is too large.',
  ),
  'file/empty': entry(422, 'Tệp “{{name}}” không có nội dung.', 'The file is empty.'),
  'file/truncated': entry(422, 'Tệp “{{name}}” bị cắt cụt hoặc hỏng. Quét hoặc tải lại.', 'The file is cut off.'),
  'import/invalid': entry(422, 'Tệp nhập không đọc được: {{reason}}', 'The import file cannot be read.'),
  'retention/blocked': entry(
    409,
    'Chưa xóa hoặc tiêu hủy được: {{codes}}. Hồ sơ đang mở, đang bị phong tỏa, chưa đến hạn, đã xóa hoặc đã nằm trong đề nghị khác.',
    'Some of the dossiers may not be erased or disposed of.',
  ),
  'retention/own-proposal': entry(
    403,
    'Người duyệt phải khác người đề nghị. Nhờ người có quyền khác duyệt.',
    'A proposal is approved by somebody else.',
  ),
  'retention/held': entry(409, 'Hồ sơ đã bị phong tỏa từ trước.', 'The dossier is held already.'),
  'retention/not-held': entry(409, 'Hồ sơ không bị phong tỏa.', 'The dossier is not held.'),
  'service/unavailable': entry(503, 'Hệ thống đang bảo trì. Thử lại sau ít phút.', 'Service unavailable.'),
} as const satisfies Record<string, Entry>;

export type ErrorCode = keyof typeof ERRORS;
