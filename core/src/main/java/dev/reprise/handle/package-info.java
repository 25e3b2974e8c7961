/** Grips on work that has been stored: wait for it, look at it, cancel it. */
@NullMarked
package dev.reprise.handle;

import org.jspecify.annotations.NullMarked;
