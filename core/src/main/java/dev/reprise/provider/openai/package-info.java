/** OpenAI's Chat Completions API and the gateways and servers that speak dialects of it. */
@NullMarked
package dev.reprise.provider.openai;

import org.jspecify.annotations.NullMarked;
