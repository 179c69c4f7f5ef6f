/** The door of `identity`: accounts, sign-in and sessions of staff and citizens. */
export type { CitizenRouteOptions } from './citizen-routes.ts';
export { CALLBACK_PATH, registerCitizenSignInRoutes } from './citizen-routes.ts';
export type { CitizenSignIn, CitizenSignInProblem } from './citizen-service.ts';
export type { IdentityDeps } from './context.ts';
export type {
  CitizenIdentityProvider,
  CitizenSignInResult,
  CitizenSignInStart,
  LoadGrants,
  PasswordHasher,
  StaffGrants,
} from './ports.ts';
export { registerIdentityRoutes } from './routes.ts';
export { addressKey } from './rules/address.ts';
export type { IdentityService, OwnAccount } from './service.ts';
export { createIdentityService } from './service.ts';
export type { RenderSignInPage, SignInPageProps } from './sign-in-page.ts';
export { renderPlainSignInPage, SIGN_IN_PROBLEMS, startPath } from './sign-in-page.ts';
