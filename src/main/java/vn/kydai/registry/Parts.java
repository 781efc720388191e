package vn.kydai.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.kydai.config.ConfigurationException;
import vn.kydai.config.YamlFile;
import vn.kydai.event.Configuration;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.codec.Digest;
import vn.kydai.event.codec.Json;

/**
 * The parts of a configuration directory, each from its own file, checked alone and against each other.
 *
 * @param content of the parts the journal must know, as their files say: all but {@link Part#SOURCES}, whose registry is
 *     the database
 * @param sources those of {@code sources.yaml}, to be imported where the database does not have them
 * @param rules when alarms are raised; none where there is no {@code alarms.yaml}
 * @param roster who is on duty; nobody where there is no {@code roster.yaml}
 * @param channels where alarms go out; none where there is no {@code channels.yaml}
 * @param registry all the rest, as one
 * @param files what each file says, by its name; those that are not there are absent
 * @param ended names of the files whose last line says that they end there
 */
public record Parts(
        Map<Part, JsonNode> content,
        Sources sources,
        AlarmRules rules,
        Roster roster,
        Channels channels,
        Registry registry,
        Map<String, JsonNode> files,
        Set<String> ended) {
    private static final String RULES_FILE = "alarms.yaml";
    private static final String AREAS_FILE = "areas.yaml";
    private static final String ROSTER_FILE = "roster.yaml";
    private static final String CHANNELS_FILE = "channels.yaml";

    /** A part whose file an installation does not have. */
    private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

    public Parts {
        content = Collections.unmodifiableMap(new EnumMap<>(content));
        files = Map.copyOf(files);
        ended = Set.copyOf(ended);
    }

    /** Reads {@code areas.yaml}, {@code procedures.yaml} … of a directory; fails with {@link ConfigurationException}. */
    public static Parts load(Path directory) {
        if (!Files.isDirectory(directory)) {
            // One sentence instead of one for each file that is not there.
            throw new ConfigurationException(
                    List.of(directory + ": found no such directory; allowed: one with the files of"
                            + " the configuration. Put config/ of the release beside the jar and edit its areas.yaml and"
                            + " sources.yaml, or say with --config DIR where it is"));
        }
        return new Loading(directory).parts();
    }

    /** Returns the files of a directory that are read, whether they are there or not. */
    public static List<Path> files(Path directory) {
        Stream<Part> parts = Stream.of(
                Part.AREAS, Part.SOURCES, Part.PROCEDURES, Part.CALENDAR, Part.THRESHOLDS, Part.RULES, Part.ROSTER);
        return Stream.concat(parts.map(Parts::fileName), Stream.of(CHANNELS_FILE))
                .map(directory::resolve)
                .toList();
    }

    /**
     * Checks that every source of the database still belongs somewhere: an area that has ended stays in the tree. Fails with
     * {@link ConfigurationException}.
     */
    public void checkRegistered(Sources registered) {
        List<String> lost = new SourceReferences(registry.areas(), registry.thresholds()).lost(registered);
        if (!lost.isEmpty()) {
            throw new ConfigurationException(
                    lost.stream().map(problem -> AREAS_FILE + ": " + problem).toList());
        }
    }

    /**
     * Finds what a part's file would take out of force without saying so.
     *
     * @param inForce the part's content in force
     */
    public Optional<String> loss(Part part, JsonNode inForce) {
        return loss(fileName(part), inForce, part == Part.RULES);
    }

    /**
     * Finds channels that {@code channels.yaml} would take out of force without saying so.
     *
     * @param inForce ids of those there are
     */
    public Optional<String> lostChannels(Set<String> inForce) {
        ObjectNode known = JsonNodeFactory.instance.objectNode();
        inForce.forEach(id -> known.withArray("channels").addObject().put("id", id));
        return loss(CHANNELS_FILE, known, true);
    }

    private Optional<String> loss(String file, JsonNode inForce, boolean canDisable) {
        return Losses.of(file, inForce, files.get(file), ended.contains(file), canDisable);
    }

    private static String fileName(Part part) {
        return part == Part.RULES ? RULES_FILE : part.name().toLowerCase(Locale.ROOT) + ".yaml";
    }

    /** Returns a part of these as the data of its {@code configuration} event. */
    public Configuration configuration(Part part) {
        JsonNode node = content.get(part);
        if (node == null) {
            throw new IllegalArgumentException(part + " is not among the parts of files");
        }
        return configuration(part, node);
    }

    /** Returns a part's JSON as the data of a {@code configuration} event. */
    public static Configuration configuration(Part part, JsonNode content) {
        return new Configuration(part, Digest.of(content), Json.text(content));
    }

    /** One reading of a directory: collects the problems of all files before it fails. */
    private static final class Loading {
        private final Path directory;
        private final Map<Part, JsonNode> content = new EnumMap<>(Part.class);
        private final Map<String, JsonNode> files = new HashMap<>();
        private final Set<String> ended = new HashSet<>();
        private final List<String> problems = new ArrayList<>();

        Loading(Path directory) {
            this.directory = directory;
        }

        private WorkingCalendar calendar(JsonNode part, @Nullable Areas areas) {
            WorkingCalendar read = WorkingCalendar.of(part);
            read.dateWithoutHours().ifPresent(date -> {
                throw new InvalidPart("/hours", "found no hours for " + date + "; allowed: hours for every date");
            });
            if (areas != null) {
                checkDesks(areas, part.path("desks"));
            }
            JsonNode whole = StatutoryDaysOff.complete(part);
            content.put(Part.CALENDAR, whole);
            return WorkingCalendar.of(whole);
        }

        Parts parts() {
            Areas areas = read(Part.AREAS, Areas::of);
            Procedures procedures = read(Part.PROCEDURES, Procedures::of);
            WorkingCalendar calendar = read(Part.CALENDAR, part -> calendar(part, areas));
            Thresholds thresholds = read(Part.THRESHOLDS, part -> {
                Thresholds read = Thresholds.of(part);
                if (areas != null) {
                    checkTargets(read, areas);
                }
                return read;
            });
            Sources sources = read(Part.SOURCES, part -> {
                Sources read = Sources.of(part);
                if (areas != null && thresholds != null) {
                    new SourceReferences(areas, thresholds).check(part);
                }
                return read;
            });
            AlarmRules rules = rules(areas, thresholds);
            Channels channels = areas == null ? null : channels(areas, rules);
            Roster roster = roster(areas, channels);
            if (areas == null
                    || procedures == null
                    || calendar == null
                    || thresholds == null
                    || sources == null
                    || !problems.isEmpty()) {
                throw new ConfigurationException(problems);
            }
            content.remove(Part.SOURCES);
            return new Parts(
                    content,
                    sources,
                    rules,
                    roster,
                    channels == null ? Channels.NONE : channels,
                    new Registry(areas, sources, procedures, calendar, thresholds),
                    files,
                    ended);
        }

        private AlarmRules rules(@Nullable Areas areas, @Nullable Thresholds thresholds) {
            if (!Files.exists(directory.resolve(RULES_FILE))) {
                content.put(Part.RULES, NOTHING);
                return AlarmRules.NONE;
            }
            AlarmRules read = read(Part.RULES, part -> {
                AlarmRules rules = AlarmRules.of(part);
                if (thresholds != null) {
                    rules.check(thresholds);
                }
                if (areas != null) {
                    rules.check(areas);
                }
                return rules;
            });
            return read == null ? AlarmRules.NONE : read;
        }

        private Roster roster(@Nullable Areas areas, @Nullable Channels channels) {
            if (!Files.exists(directory.resolve(ROSTER_FILE))) {
                content.put(Part.ROSTER, NOTHING);
                return Roster.NONE;
            }
            Roster read = read(Part.ROSTER, part -> {
                Roster roster = Roster.of(part);
                if (areas != null) {
                    roster.check(areas);
                }
                if (channels != null) {
                    roster.check(channels);
                }
                return roster;
            });
            return read == null ? Roster.NONE : read;
        }

        /** Absent where there is no file, or none that can be read. */
        private @Nullable Channels channels(Areas areas, AlarmRules rules) {
            if (!Files.exists(directory.resolve(CHANNELS_FILE))) {
                return null;
            }
            try {
                return read(read(CHANNELS_FILE), new ChannelsReader(areas, rules)::read);
            } catch (ConfigurationException e) {
                problems.addAll(e.problems());
                return null;
            }
        }

        private static void checkTargets(Thresholds thresholds, Areas areas) {
            for (int index = 0; index < thresholds.targets().size(); index++) {
                String area = thresholds.targets().get(index).area();
                if (area != null && areas.find(area).isEmpty()) {
                    throw new InvalidPart(
                            "/targets/" + index + "/area",
                            "found " + area + ", which no area is called; allowed: an id of areas.yaml");
                }
            }
        }

        private static void checkDesks(Areas areas, JsonNode desks) {
            for (int index = 0; index < desks.size(); index++) {
                JsonNode area = desks.get(index).path("area");
                if (area.isTextual()) {
                    SourceReferences.checkArea(areas, area.textValue(), "/desks/" + index + "/area");
                }
            }
        }

        private <T> @Nullable T read(Part part, Function<JsonNode, T> reader) {
            try {
                YamlFile file = read(fileName(part));
                content.put(part, file.content());
                return read(file, reader);
            } catch (ConfigurationException e) {
                problems.addAll(e.problems());
                return null;
            }
        }

        private YamlFile read(String name) {
            YamlFile file = YamlFile.read(directory.resolve(name));
            files.put(name, file.content());
            if (file.isEnded()) {
                ended.add(name);
            }
            return file;
        }

        private static <T> T read(YamlFile file, Function<JsonNode, T> reader) {
            try {
                return reader.apply(file.content());
            } catch (InvalidPart e) {
                throw new ConfigurationException(
                        List.of((file.position(e.pointer()) + " " + e.pointer()).strip() + ": " + e.getMessage()));
            }
        }
    }
}
