/** What an attempt does, whatever kind of work it is of: its steps, what cuts it off, and how it is concluded. */
@NullMarked
package dev.reprise.attempt;

import org.jspecify.annotations.NullMarked;
