/** H2. */
@NullMarked
package dev.reprise.storage.jdbc.h2;

import org.jspecify.annotations.NullMarked;
