/** Ways in which the server says no. Everything else that goes wrong on the way to it is worth another try. */

/** Somebody else changed the same lines: `theirs` is the file as it is now. */
export class Conflict extends Error {
  constructor(message, theirs) {
    super(message);
    this.theirs = theirs;
  }
}

/** It will not take this, however often it is asked: the message says why. */
export class Refused extends Error {}
