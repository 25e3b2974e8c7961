/** The facade: {@link dev.reprise.GenerationClient}, built once, and the operations it offers. */
@NullMarked
package dev.reprise;

import org.jspecify.annotations.NullMarked;
