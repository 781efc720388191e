package vn.kydai.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What Linux says of processes, under {@code /proc}. Where it says nothing, nothing is found. */
final class Proc {
    /** {@code USER_HZ}, a constant of the interface. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int BYTES_PER_KIB = 1_024;
    private static final String ESTABLISHED = "01";

    private final Path root;

    Proc() {
        this(Path.of("/proc"));
    }

    /** Reads another directory of the same form. */
    Proc(Path root) {
        this.root = root;
    }

    /**
     * A process's line of {@code stat}.
     *
     * @param cpuSeconds its own, user and system
     * @param childSeconds of its children that have ended and were waited for
     */
    record Stat(String name, long parent, double cpuSeconds, double childSeconds) {
        /** Reads proc(5)'s form; the name stands in parentheses and may contain anything. */
        static Stat parse(String line) {
            int open = line.indexOf('(');
            int close = line.lastIndexOf(')');
            String[] rest = line.substring(close + 2).split(" ", -1);
            return new Stat(
                    line.substring(open + 1, close),
                    Long.parseLong(rest[1]),
                    (Long.parseLong(rest[11]) + Long.parseLong(rest[12])) / TICKS_PER_SECOND,
                    (Long.parseLong(rest[13]) + Long.parseLong(rest[14])) / TICKS_PER_SECOND);
        }
    }

    Optional<Stat> stat(long pid) {
        return text(pid + "/stat").map(Stat::parse);
    }

    /** Returns the CPU seconds of a process; not a number when it is not there. */
    double cpuSeconds(long pid) {
        return stat(pid).map(Stat::cpuSeconds).orElse(Double.NaN);
    }

    /** Returns the CPU seconds of a process and its children, those that have ended too. */
    double treeCpuSeconds(long pid) {
        Optional<Stat> top = stat(pid);
        return top.map(stat -> stat.cpuSeconds()
                        + stat.childSeconds()
                        + children(pid)
                                .mapToDouble(this::cpuSeconds)
                                .filter(seconds -> !Double.isNaN(seconds))
                                .sum())
                .orElse(Double.NaN);
    }

    /** Returns the CPU seconds of everything, also what other machines on the same host took away. */
    double machineCpuSeconds() {
        return text("stat").stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("cpu "))
                .mapToDouble(Proc::busySeconds)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Sums up user, nice, system, irq, softirq and steal: not idle, not waiting, and guests are within user. */
    private static double busySeconds(String line) {
        String[] ticks = line.split(" +", -1);
        return IntStream.of(1, 2, 3, 6, 7, 8)
                        .mapToLong(column -> Long.parseLong(ticks[column]))
                        .sum()
                / TICKS_PER_SECOND;
    }

    /** Returns the resident bytes of a process, shared ones included. */
    double residentBytes(long pid) {
        return kib(pid + "/status", "VmRSS:");
    }

    /** Returns the resident bytes of a process and its children, each shared page counted once; no number without it. */
    double treeProportionalBytes(long pid) {
        if (stat(pid).isEmpty()) {
            return Double.NaN;
        }
        return LongStream.concat(LongStream.of(pid), children(pid))
                .mapToDouble(process -> kib(process + "/smaps_rollup", "Pss:"))
                .filter(bytes -> !Double.isNaN(bytes))
                .reduce(Double::sum)
                .orElse(Double.NaN);
    }

    /** Returns how many TCP connections to a local port are open. */
    OptionalLong connections(int localPort) {
        String suffix = String.format(":%04X", localPort);
        List<String> tables = Stream.of("net/tcp", "net/tcp6")
                .map(this::text)
                .flatMap(Optional::stream)
                .toList();
        return tables.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(tables.stream()
                        .flatMap(String::lines)
                        .map(line -> line.strip().split(" +", 5))
                        .filter(columns ->
                                columns.length == 5 && columns[1].endsWith(suffix) && columns[3].equals(ESTABLISHED))
                        .count());
    }

    private LongStream children(long pid) {
        LongPredicate isChild =
                process -> stat(process).filter(stat -> stat.parent() == pid).isPresent();
        return processes().filter(isChild);
    }

    private LongStream processes() {
        try (Stream<Path> entries = Files.list(root)) {
            return entries
                    .map(entry -> entry.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .mapToLong(Long::parseLong)
                    .sorted()
                    .boxed()
                    .toList()
                    .stream()
                    .mapToLong(Long::longValue);
        } catch (IOException e) {
            return LongStream.empty();
        }
    }

    private double kib(String file, String key) {
        return text(file).stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).replace("kB", "").strip())
                .mapToDouble(kib -> Double.parseDouble(kib) * BYTES_PER_KIB)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** A process may end between being listed and being read. */
    private Optional<String> text(String file) {
        try {
            return Optional.of(Files.readString(root.resolve(file)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
