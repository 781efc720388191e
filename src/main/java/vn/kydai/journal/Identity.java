package vn.kydai.journal;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** What makes two events one: ({@code source}, {@code id}). */
record Identity(String source, String id) {
    static Identity of(Submission.Draft draft) {
        return new Identity(draft.source(), draft.id());
    }

    /** Returns the first draft of each identity, in order of arrival. */
    static Map<Identity, Submission.Draft> firsts(Collection<Submission> submissions) {
        Map<Identity, Submission.Draft> firsts = new LinkedHashMap<>();
        for (Submission submission : submissions) {
            if (submission instanceof Submission.Draft draft) {
                firsts.putIfAbsent(of(draft), draft);
            }
        }
        return firsts;
    }
}
