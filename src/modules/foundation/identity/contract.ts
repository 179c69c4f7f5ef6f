import Type from 'typebox';
import { endpoint } from '../../../core/contract/endpoint.ts';
import { Id, Instant } from '../../../core/contract/fields.ts';

const Nullable = Type.Union([Instant, Type.Null()]);
const Password = Type.String({ minLength: 1, maxLength: 200 });
const Done = Type.Object({ done: Type.Literal(true) });
const staff = { module: 'identity', access: 'own-account' } as const;
const manage = { module: 'identity', access: { permission: 'account.manage' } } as const;
const AccountParams = Type.Object({ id: Id });

/** Who is signed in. For `guest` only `kind` and `assurance` are there; for `citizen` also `displayName`. */
export const Me = Type.Object({
  kind: Type.Union([Type.Literal('guest'), Type.Literal('staff'), Type.Literal('citizen')]),
  assurance: Type.String({ description: 'none, password, password+totp, loa1, loa2…' }),
  displayName: Type.Optional(Type.String()),
  login: Type.Optional(Type.String()),
  staffId: Type.Optional(Type.String()),
  homeUnitId: Type.Optional(Type.String()),
  unitIds: Type.Optional(Type.Array(Type.String())),
  positions: Type.Optional(
    Type.Array(Type.Object({ unitId: Type.String(), unitName: Type.String(), title: Type.String() })),
  ),
  roles: Type.Optional(Type.Array(Type.String())),
  permissions: Type.Optional(
    Type.Record(Type.String(), Type.Array(Type.String()), { description: 'permission → unit ids' }),
  ),
  mustChangePassword: Type.Optional(Type.Boolean()),
  totpEnabled: Type.Optional(Type.Boolean()),
  actingFor: Type.Optional(
    Type.Array(Type.Object({ staffId: Type.String(), displayName: Type.String(), until: Instant }), {
      description: 'Người vắng đang được làm thay',
    }),
  ),
  heldBack: Type.Optional(Type.Union([Type.Literal('password'), Type.Literal('second-factor')])),
});

export const getMe = endpoint({
  id: 'getMe',
  module: 'identity',
  method: 'GET',
  path: '/api/me',
  summary: 'Người đang đăng nhập và quyền của họ',
  access: 'public',
  reply: Me,
});

export const signIn = endpoint({
  id: 'signIn',
  module: 'identity',
  method: 'POST',
  path: '/api/session',
  summary: 'Cán bộ đăng nhập',
  access: 'public',
  body: Type.Object({
    login: Type.String({ minLength: 1, maxLength: 200 }),
    password: Password,
    code: Type.Optional(Type.String({ maxLength: 40, description: 'Mã xác thực 6 số hoặc mã dự phòng' })),
  }),
  reply: Me,
});

export const signOut = endpoint({
  id: 'signOut',
  module: 'identity',
  method: 'DELETE',
  path: '/api/session',
  summary: 'Đăng xuất',
  access: 'public',
  reply: Done,
});

export const listSessions = endpoint({
  id: 'listSessions',
  ...staff,
  method: 'GET',
  path: '/api/sessions',
  summary: 'Các phiên đăng nhập của tôi',
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        id: Type.String(),
        current: Type.Boolean(),
        assurance: Type.String(),
        createdAt: Instant,
        lastSeenAt: Instant,
        expiresAt: Instant,
        address: Type.String(),
        userAgent: Type.String(),
      }),
    ),
    total: Type.Integer(),
  }),
});

export const endSession = endpoint({
  id: 'endSession',
  ...staff,
  method: 'DELETE',
  path: '/api/sessions/:id',
  summary: 'Kết thúc một phiên đăng nhập của tôi',
  params: Type.Object({ id: Id }),
  reply: Done,
});

export const endOtherSessions = endpoint({
  id: 'endOtherSessions',
  ...staff,
  method: 'DELETE',
  path: '/api/sessions',
  summary: 'Kết thúc mọi phiên khác của tôi',
  reply: Type.Object({ ended: Type.Integer() }),
});

export const changePassword = endpoint({
  id: 'changePassword',
  ...staff,
  method: 'PUT',
  path: '/api/me/password',
  summary: 'Đổi mật khẩu',
  body: Type.Object({ current: Password, next: Type.String({ minLength: 1, maxLength: 1000 }) }),
  reply: Done,
});

export const getTotp = endpoint({
  id: 'getTotp',
  ...staff,
  method: 'GET',
  path: '/api/me/totp',
  summary: 'Tình trạng mã xác thực',
  reply: Type.Object({ enabledAt: Nullable, recoveryCodesLeft: Type.Integer() }),
});

export const startTotp = endpoint({
  id: 'startTotp',
  ...staff,
  method: 'POST',
  path: '/api/me/totp',
  summary: 'Bắt đầu cài mã xác thực',
  body: Type.Object({ password: Password }),
  reply: Type.Object({ secret: Type.String(), uri: Type.String(), qrSvg: Type.String() }),
});

export const confirmTotp = endpoint({
  id: 'confirmTotp',
  ...staff,
  method: 'POST',
  path: '/api/me/totp/confirmation',
  summary: 'Xác nhận mã đầu tiên; trả mã dự phòng một lần duy nhất',
  body: Type.Object({ code: Type.String({ minLength: 6, maxLength: 10 }) }),
  reply: Type.Object({ recoveryCodes: Type.Array(Type.String()) }),
});

export const disableTotp = endpoint({
  id: 'disableTotp',
  ...staff,
  method: 'POST',
  path: '/api/me/totp/removal',
  summary: 'Bỏ mã xác thực',
  body: Type.Object({ password: Password }),
  reply: Done,
});

export const Account = Type.Object({
  id: Type.String(),
  login: Type.String(),
  staffId: Type.String(),
  displayName: Type.String(),
  unitId: Type.Union([Type.String(), Type.Null()]),
  mustChangePassword: Type.Boolean(),
  totpEnabledAt: Nullable,
  demo: Type.Boolean(),
  disabledAt: Nullable,
  disabledReason: Type.Union([Type.String(), Type.Null()]),
  createdAt: Instant,
  lastSignInAt: Nullable,
});

/** A POST, since names may be searched for: personal data stays out of addresses (contracts §4.12). */
export const searchAccounts = endpoint({
  id: 'searchAccounts',
  ...manage,
  method: 'POST',
  path: '/api/accounts/search',
  summary: 'Tìm tài khoản trong các đơn vị tôi quản lý',
  body: Type.Object({
    q: Type.Optional(Type.String({ maxLength: 200 })),
    state: Type.Optional(Type.Union([Type.Literal('all'), Type.Literal('enabled'), Type.Literal('disabled')])),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
    pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  reply: Type.Object({ rows: Type.Array(Account), total: Type.Integer() }),
});

export const createAccount = endpoint({
  id: 'createAccount',
  ...manage,
  method: 'POST',
  path: '/api/accounts',
  summary: 'Cấp tài khoản cho cán bộ',
  status: 201,
  body: Type.Object({ login: Type.String({ minLength: 3, maxLength: 64 }), staffId: Id }),
  reply: Type.Object({ accountId: Type.String(), oneTimePassword: Type.String() }),
});

export const resetPassword = endpoint({
  id: 'resetPassword',
  ...manage,
  method: 'POST',
  path: '/api/accounts/:id/password-reset',
  summary: 'Cấp lại mật khẩu dùng một lần',
  params: AccountParams,
  reply: Type.Object({ oneTimePassword: Type.String() }),
});

export const resetTotp = endpoint({
  id: 'resetTotp',
  ...manage,
  method: 'POST',
  path: '/api/accounts/:id/totp-reset',
  summary: 'Bỏ mã xác thực của tài khoản (mất điện thoại)',
  params: AccountParams,
  reply: Done,
});

export const disableAccount = endpoint({
  id: 'disableAccount',
  ...manage,
  method: 'POST',
  path: '/api/accounts/:id/disabling',
  summary: 'Khóa tài khoản',
  params: AccountParams,
  body: Type.Object({ reason: Type.String({ minLength: 1, maxLength: 500 }) }),
  reply: Done,
});

export const enableAccount = endpoint({
  id: 'enableAccount',
  ...manage,
  method: 'POST',
  path: '/api/accounts/:id/enabling',
  summary: 'Mở lại tài khoản',
  params: AccountParams,
  reply: Done,
});

export const endAccountSessions = endpoint({
  id: 'endAccountSessions',
  ...manage,
  method: 'DELETE',
  path: '/api/accounts/:id/sessions',
  summary: 'Kết thúc mọi phiên của tài khoản',
  params: AccountParams,
  reply: Done,
});
