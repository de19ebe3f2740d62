import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core';
import { createTheme } from '@mantine/core';

/** The one accent: teal where it is light, indigo where it is dark. Main action, selection and focus only. */
const tide: MantineColorsTuple = [
  ...(['#edf8fb', '#d7f0f8', '#b4e2f1', '#8bd0ea', '#63b8df'] as const),
  ...(['#4199d1', '#3568b2', '#33539a', '#2d407d', '#222f5e'] as const),
];
const gray: MantineColorsTuple = [
  ...(['#f9fafb', '#f3f4f6', '#ebedf0', '#e0e3e7', '#d0d5da'] as const),
  ...(['#a5abb4', '#5b6470', '#424b56', '#272e38', '#161c25'] as const),
];
const dark: MantineColorsTuple = [
  ...(['#e3e6ec', '#c3c8cf', '#9fa7b2', '#79818c', '#363e49'] as const),
  ...(['#282e38', '#1d232c', '#151a21', '#0f1319', '#090c12'] as const),
];
const green: MantineColorsTuple = [
  ...(['#ecf9f1', '#d3f1de', '#abe4c2', '#7dd3a3', '#58c38b'] as const),
  ...(['#33a36d', '#18754b', '#12623e', '#104f32', '#0d3d26'] as const),
];
const amber: MantineColorsTuple = [
  ...(['#fef8e8', '#fdedc9', '#fadc9a', '#f7ca70', '#f0b648'] as const),
  ...(['#d89529', '#985c09', '#834c0d', '#6c3d0d', '#56300e'] as const),
];
const red: MantineColorsTuple = [
  ...(['#fff2f1', '#ffe2df', '#fdc9c4', '#fba8a0', '#f7827a'] as const),
  ...(['#ea5652', '#c3292e', '#a72025', '#861d1f', '#67191a'] as const),
];

const BRIEF = { duration: 120 };

/** Vestibule's look (LOOK, "Theme"): both schemes hold AA, corners are 8 px, motion stays under 150 ms. */
export const theme = createTheme({
  colors: { tide, gray, dark, green, amber, red },
  primaryColor: 'tide',
  primaryShade: { light: 7, dark: 6 },
  black: '#161c25',
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace",
  headings: {
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '2rem' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.5rem' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.375rem' },
    },
  },
  radius: { xs: '0.25rem', sm: '0.375rem', md: '0.5rem', lg: '0.75rem', xl: '1rem' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Modal: {
      defaultProps: {
        size: '30rem',
        // From the top, so that a step of another height moves only the lower edge.
        yOffset: 'clamp(0.75rem, 12dvh - 3rem, 6rem)',
        padding: 'lg',
        transitionProps: { ...BRIEF, transition: 'fade' },
        overlayProps: { backgroundOpacity: 0.5 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
    },
    Popover: { defaultProps: { transitionProps: BRIEF, shadow: 'md' } },
    Tooltip: {
      defaultProps: {
        transitionProps: BRIEF,
        openDelay: 250,
        withArrow: true,
        events: { hover: true, focus: true, touch: true },
      },
    },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Dismiss' } } },
    TextInput: { defaultProps: { size: 'sm' } },
    Table: { defaultProps: { verticalSpacing: 0, horizontalSpacing: 'lg' } },
  },
});

/** Colours that Mantine has no name for, and its own where they would miss AA. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--page': '#f5f6f8',
    '--line': gray[3],
    '--focus': '#3568b2',
    '--accent-text': tide[7],
    '--accent-soft': '#e6f1f8',
    '--field-border': '#868e9a',
    '--good': green[6],
    '--good-soft': '#e3f4ea',
    '--warn': amber[7],
    '--warn-soft': '#fdf3dc',
    '--bad': red[6],
    '--bad-soft': '#fdeceb',
    '--mantine-color-text': '#161c25',
    '--mantine-color-error': red[6],
    '--mantine-color-anchor': tide[7],
    '--mantine-color-placeholder': gray[6],
    '--mantine-color-disabled-color': '#6a727e',
  },
  dark: {
    '--page': dark[8],
    '--line': '#2b323c',
    '--focus': tide[4],
    '--accent-text': tide[3],
    '--accent-soft': '#16283a',
    '--field-border': '#68717e',
    '--good': green[4],
    '--good-soft': '#122a20',
    '--warn': amber[4],
    '--warn-soft': '#2c220f',
    '--bad': red[4],
    '--bad-soft': '#331a1b',
    '--mantine-color-error': red[4],
    '--mantine-color-anchor': tide[3],
    '--mantine-color-placeholder': dark[2],
    '--mantine-color-disabled-color': '#8b94a0',
  },
});
