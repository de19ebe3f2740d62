import { createRootRoute, createRoute, createRouter, redirect } from '@tanstack/react-router';
import type { Answers } from './api.ts';
import { api, queryClient } from './api.ts';
import { ConnectionsScreen } from './connections/connections-screen.tsx';
import { HomeScreen } from './home/home-screen.tsx';
import { OutboxScreen } from './outbox/outbox-screen.tsx';
import { ProfileScreen } from './profile/profile-screen.tsx';
import { SetUpScreen } from './set-up/set-up-screen.tsx';
import { EnrolScreen } from './sign-in/enrol-screen.tsx';
import { InvitationScreen } from './sign-in/invitation-screen.tsx';
import { ResetScreen } from './sign-in/reset-screen.tsx';
import { SecondStepScreen } from './sign-in/second-step-screen.tsx';
import { SignInScreen } from './sign-in/sign-in-screen.tsx';
import { AppFrame } from './ui/app-frame.tsx';
import { BrokenPage, MissingPage } from './ui/broken-page.tsx';
import { Shell } from './ui/shell.tsx';
import { ENDINGS, PROFILE_DIALOGS } from './ui/signposts.ts';
import { UsersScreen } from './users/users-screen.tsx';
import { readUsersSearch } from './users/users-search.ts';
import { RolesScreen } from './workspace/roles-screen.tsx';
import { WorkspaceScreen } from './workspace/workspace-screen.tsx';

type Stage = Answers['open']['welcome']['stage'];

/** Where a person belongs at each stage of getting in. */
const PLACE: Readonly<Record<Stage, '/set-up' | '/sign-in' | '/sign-in/verify' | '/sign-in/enrol' | '/'>> = {
  setUp: '/set-up',
  signIn: '/sign-in',
  secondStep: '/sign-in/verify',
  enrol: '/sign-in/enrol',
  signedIn: '/',
};

/** Shows a route at one stage only; the engine refuses everything else anyway. */
function only(wanted: Stage) {
  return async () => {
    const { stage } = await queryClient.ensureQueryData(api.open.welcome.queryOptions());
    if (stage !== wanted) throw redirect({ to: PLACE[stage] });
  };
}

/** A search word, when it is one of those we put there ourselves. */
const oneOf = <W extends string>(words: readonly W[], given: unknown) => words.find((word) => word === given);

const root = createRootRoute({ component: AppFrame, errorComponent: BrokenPage, notFoundComponent: MissingPage });

const setUp = createRoute({
  getParentRoute: () => root,
  path: '/set-up',
  beforeLoad: only('setUp'),
  component: SetUpScreen,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search) => {
    const ended = oneOf(ENDINGS, search.ended);
    return ended ? { ended } : {};
  },
  beforeLoad: only('signIn'),
  component: SignInScreen,
});

const reset = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/reset',
  beforeLoad: only('signIn'),
  component: ResetScreen,
});

const secondStep = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/verify',
  beforeLoad: only('secondStep'),
  component: SecondStepScreen,
});

const enrol = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/enrol',
  beforeLoad: only('enrol'),
  component: EnrolScreen,
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/invitation',
  beforeLoad: only('signIn'),
  component: InvitationScreen,
});

const shell = createRoute({ getParentRoute: () => root, id: 'shell', beforeLoad: only('signedIn'), component: Shell });

const home = createRoute({ getParentRoute: () => shell, path: '/', component: HomeScreen });

const profile = createRoute({
  getParentRoute: () => shell,
  path: '/profile',
  validateSearch: (search) => {
    const dialog = oneOf(PROFILE_DIALOGS, search.dialog);
    return dialog ? { dialog } : {};
  },
  component: ProfileScreen,
});

const outbox = createRoute({
  getParentRoute: () => shell,
  path: '/outbox',
  validateSearch: (search) => (typeof search.message === 'string' ? { message: search.message } : {}),
  component: OutboxScreen,
});

const users = createRoute({
  getParentRoute: () => shell,
  path: '/users',
  validateSearch: readUsersSearch,
  component: UsersScreen,
});

const connections = createRoute({
  getParentRoute: () => shell,
  path: '/connections',
  component: ConnectionsScreen,
});

const workspace = createRoute({ getParentRoute: () => shell, path: '/workspace', component: WorkspaceScreen });

const roles = createRoute({ getParentRoute: () => shell, path: '/roles', component: RolesScreen });

export const router = createRouter({
  routeTree: root.addChildren([
    setUp,
    signIn,
    reset,
    secondStep,
    enrol,
    invitation,
    shell.addChildren([home, profile, outbox, users, workspace, roles, connections]),
  ]),
  defaultErrorComponent: BrokenPage,
  defaultPendingMs: 300,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
