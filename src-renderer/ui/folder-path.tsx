import classes from './folder-path.module.css';

/** A path that can be selected whole and may break anywhere. */
export function FolderPath({ path }: { path: string }) {
  return <code className={classes.path}>{path}</code>;
}
