/** What an engine does in the background: its threads, what runs again and again, and what of it goes wrong. */
@NullMarked
package dev.reprise.background;

import org.jspecify.annotations.NullMarked;
