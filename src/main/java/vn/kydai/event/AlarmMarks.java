package vn.kydai.event;

import java.util.SortedMap;

/**
 * What is told beside an alarm.
 *
 * @param cause what it probably has in common with others: {@code gateway:ID} of the one that a silent device stands
 *     behind, {@code metric:ID} of a measured one, {@code rule:ID} of any other
 * @param isChattering whether it came three times within a minute, in the last ten minutes
 * @param isFleeting whether it went within a minute, before anybody acknowledged it
 * @param worst its worst severity since it was last clear, 1 high to 3 low, as of each of its newest occurrences
 */
public record AlarmMarks(String cause, boolean isChattering, boolean isFleeting, SortedMap<Long, Integer> worst) {}
