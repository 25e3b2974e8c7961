/** From one process to many: commands that store tasks, work on them and look at them, over one database. */
@NullMarked
package dev.reprise.examples.durable;

import org.jspecify.annotations.NullMarked;
