/** A task store in the heap of one process. */
@NullMarked
package dev.reprise.storage.memory;

import org.jspecify.annotations.NullMarked;
