/**
 * Bell topic for whoever watches long work: how far it came, or that it ended. Not the one that wakes the work, which would
 * then wake itself.
 */
export const PROGRESS_TOPIC = 'jobProgress';
