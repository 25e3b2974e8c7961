package dev.reprise.provider.wire;

import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.json.Json;
import dev.reprise.json.JsonObject;
import dev.reprise.provider.ProviderReply.Again;
import dev.reprise.provider.ProviderReply.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Recognises that a provider refuses optional parameters as such, and remembers it. Naming a parameter is not refusing it:
 * an error may echo the request, quote the prompt, dislike a value, or name a conflict with another parameter.
 */
final class ParameterRefusals {

    private static final int BAD_REQUEST = 400;
    private static final int UNPROCESSABLE = 422;
    private static final int MAX_WORDS = 10_000;

    private static final Set<String> REFUSING_CODES = Set.of(
            "unsupported_parameter",
            "unsupported_value",
            "unknown_parameter",
            "unrecognized_parameter",
            "parameter_not_supported",
            "extra_forbidden",
            "value_error.extra");

    /** What is said of a parameter that is refused, once it is clear which one. */
    private static final Pattern REFUSING = Pattern.compile(
            "unsupported|not (?:currently )?support|no longer support|unrecogni[sz]ed|unknown|unexpected"
                    + "|(?:not|extra \\w+ not) (?:permitted|allowed)|extra (?:inputs|fields)|deprecated",
            Pattern.CASE_INSENSITIVE);

    /** What is said of a value, or of two parameters that do not go together. */
    private static final Pattern VALUE_OR_CONFLICT = Pattern.compile(
            "\\bboth\\b|together with|combin|mutually exclusive|conflict|\\bunless\\b|at the same time|alongside"
                    + "|only one of|incompatible with|\\bwhen\\b.{0,60}\\b(?:set|enabled|used|specified|on|active)\\b"
                    + "|between|(?:less|greater|more) than|at (?:most|least)|out of range|\\brange\\b|maximum|minimum"
                    + "|too (?:large|high|low|small|many)|exceed|must be",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.;!?])\\s+|\\n");

    private final ProfileBook profiles;

    /** Remembers in the provider's book. */
    ParameterRefusals(ProfileBook profiles) {
        this.profiles = profiles;
    }

    /** The reply that asks to be called again without the parameters, when that is what the error is about. */
    Optional<Again> again(ErrorDetail detail, GenerationFailure failure, SentRequest sent, Exchange exchange) {
        if (detail.meaning().kind() != FailureKind.INVALID_REQUEST
                || !List.of(BAD_REQUEST, UNPROCESSABLE, 0).contains(detail.status())) {
            return Optional.empty();
        }
        var handover = sent.handover();
        for (var parameter : sent.optional()) {
            if (refuses(detail.stated(), parameter.name(), sent)) {
                profiles.refused(sent.sent().model(), sent.request().extra().keySet(), parameter);
                handover = parameter.replacement() == null
                        ? handover.without(parameter.name())
                        : handover.replacing(parameter.name(), parameter.replacement());
            }
        }
        return handover.equals(sent.handover())
                ? Optional.empty()
                : Optional.of(new Again(Again.Cause.PARAMETER_REJECTED, handover.encode(), failure, exchange));
    }

    private static boolean refuses(StatedError stated, String parameter, SentRequest sent) {
        var error = new StatedError(
                stated.objects(),
                stated.messages().stream()
                        .map(words -> words.substring(0, Math.min(words.length(), MAX_WORDS)))
                        .toList());
        return namedOutright(error, parameter)
                || listed(error, parameter)
                || error.messages().stream()
                        .flatMap(SENTENCE_END::splitAsStream)
                        .anyMatch(sentence -> saysSo(sentence, parameter, sent));
    }

    /** OpenAI's {@code param}, with a code or words that tell a refusal from a wrong value. */
    private static boolean namedOutright(StatedError error, String parameter) {
        var words = String.join("\n", error.messages());
        boolean refusing = error.codes().stream().anyMatch(REFUSING_CODES::contains)
                || REFUSING.matcher(words).find();
        return parameter.equals(error.parameter())
                && refusing
                && !VALUE_OR_CONFLICT.matcher(words).find();
    }

    /** A list of what is wrong with which field, as FastAPI's servers give it. */
    private static boolean listed(StatedError error, String parameter) {
        return error.objects().stream()
                .flatMap(object -> Stream.of("detail", "details", "errors", "message")
                        .flatMap(name -> object.objects(name).stream()))
                .filter(item -> item.strings("loc").contains(parameter))
                .anyMatch(ParameterRefusals::refusing);
    }

    private static boolean refusing(JsonObject item) {
        var words = String.valueOf(item.string("msg"));
        return REFUSING_CODES.contains(String.valueOf(item.string("type")))
                || (REFUSING.matcher(words).find()
                        && !VALUE_OR_CONFLICT.matcher(words).find());
    }

    private static boolean saysSo(String sentence, String parameter, SentRequest sent) {
        if (VALUE_OR_CONFLICT.matcher(sentence).find()) {
            return false;
        }
        var name = "(?<![\\w.-])[`'\"]?(?:body\\W{1,4})?" + Pattern.quote(parameter) + "[`'\"]?(?![\\w-])";
        var says = Pattern.compile(
                "(?:unsupported|unrecogni[sz]ed|unknown|unexpected|extra) (?:[a-z]+ ){0,2}"
                        + "(?:parameter|argument|field|property|key|name|option|input)s?(?: [a-z]+){0,3}:? ?"
                        + "\\[?(?:[`'\"]?\\w{1,40}[`'\"]?(?:, | and |, and )){0,8}" + name
                        + "|" + name + "(?: (?:parameter|argument|field|option|property))?"
                        + "(?:: extra \\w+(?: are)? not| (?:is|are) (?:currently |a )?(?:not|no longer|un|deprecated)"
                        + "|: ?(?:unsupported|unknown|unrecogni[sz]ed|unexpected|not))"
                        + "(?: ?(?:support|permit|allow|recogni[sz]|accept|available|parameter|field|argument)|\\b)"
                        + "|unsupported value: " + name + " does not support"
                        + "|" + name + " (?:may|can|must) only be (?:set to )?\\S{1,20} (?:for|with|on) this model"
                        + "|(?:does not|doesn't|do not|cannot) (?:support|accept|allow|recogni[sz]e|take) (?:the )?"
                        + "(?:parameter |argument |field |option )?" + name,
                Pattern.CASE_INSENSITIVE);
        var found = says.matcher(sentence);
        while (found.find()) {
            if (!quoted(found.group(), sent)) {
                return true;
            }
        }
        return false;
    }

    /** Whether words stand in the request itself, so that an error that has them may only be quoting it. */
    private static boolean quoted(String words, SentRequest sent) {
        var request = sent.request();
        var texts = new ArrayList<String>();
        request.messages().forEach(message -> texts.add(message.text()));
        texts.add(request.system() == null ? "" : request.system());
        texts.add(Json.write(request.extra()));
        var wanted = words.toLowerCase(Locale.ROOT);
        return texts.stream().anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
    }
}
