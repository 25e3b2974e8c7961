/** What the app asks for and gets back: requests, results, generations, batches, chains and their handles. */
@NullMarked
package dev.reprise.generation;

import org.jspecify.annotations.NullMarked;
