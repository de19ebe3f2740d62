/** Why somebody stands before the sign-in screen again. */
export const ENDINGS = ['signedOut', 'idle', 'limit', 'elsewhere', 'tooLong', 'reset', 'deleted'] as const;
export type Ending = (typeof ENDINGS)[number];

/** Dialogs of the profile page that have an address, so that the palette and Home can lead there. */
export const PROFILE_DIALOGS = ['password', 'twoStep', 'newCodes', 'email', 'delete'] as const;
export type ProfileDialog = (typeof PROFILE_DIALOGS)[number];

/** Dialogs of the users page that have an address, so that the palette can lead there. */
export const USERS_DIALOGS = ['add', 'import', 'export', 'groups'] as const;
export type UsersDialog = (typeof USERS_DIALOGS)[number];
