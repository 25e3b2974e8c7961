/** What can go wrong: the failure of a generation as a value, and the exceptions that mean misuse or a broken store. */
@NullMarked
package dev.reprise.failure;

import org.jspecify.annotations.NullMarked;
