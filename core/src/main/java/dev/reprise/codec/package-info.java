/** Payloads as stored bytes, and stored rows as the app sees them. Stores never look into a payload. */
@NullMarked
package dev.reprise.codec;

import org.jspecify.annotations.NullMarked;
