/** Text generations: how attempts of them are made, stored ones and previews. */
@NullMarked
package dev.reprise.text;

import org.jspecify.annotations.NullMarked;
