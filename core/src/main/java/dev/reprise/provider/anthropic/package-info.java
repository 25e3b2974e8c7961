/** Anthropic's Messages API. */
@NullMarked
package dev.reprise.provider.anthropic;

import org.jspecify.annotations.NullMarked;
