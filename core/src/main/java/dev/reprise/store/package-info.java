/** The SPI of what keeps tasks, and the records that pass through it. */
@NullMarked
package dev.reprise.store;

import org.jspecify.annotations.NullMarked;
