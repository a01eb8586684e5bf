package io.facet.hub.people;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.events.HubEvent;
import io.facet.hub.events.HubFeed;
import io.facet.hub.people.FaceReader.Reading;
import io.facet.hub.search.MasterIndex;
import io.facet.model.Embedding;
import io.facet.model.FaceId;
import io.facet.model.Jpeg;
import io.facet.model.Person;
import io.facet.model.PersonId;
import io.facet.model.Uuid7;
import io.facet.vision.pipeline.Vision;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The people service over a store and the master index. Pictures are read in parallel; the change
 * itself, from looking for duplicates to the index, is made one at a time, so that one face
 * enrolled twice at once is noticed. Thread-safe.
 */
public final class People implements PeopleService {
    private final PeopleStore store;
    private final TemplateStore templates;
    private final MasterIndex index;
    private final FaceReader reader;
    private final Owner.Finder owners;
    private final HubFeed feed;
    private final GalleryListener listener;
    private final Uuid7 ids;
    private final InstantSource clock;
    private final Object changing = new Object();
    private final NameIndex names;

    /** What people are made of. */
    public record Parts(
            PeopleStore store,
            TemplateStore templates,
            MasterIndex index,
            Vision vision,
            Pictures pictures,
            HubFeed feed,
            GalleryListener listener,
            Uuid7 ids,
            InstantSource clock) {}

    /**
     * Wires the service.
     *
     * @param threshold confidence from which two faces are taken for one person's, 0 to 1
     */
    public People(Parts parts, Supplier<Float> threshold) {
        this.store = parts.store();
        this.templates = parts.templates();
        this.index = parts.index();
        this.reader = new FaceReader(parts.vision(), parts.pictures());
        this.owners = new Owner.Finder(parts.index(), parts.store(), threshold);
        this.feed = parts.feed();
        this.listener = parts.listener();
        this.ids = parts.ids();
        this.clock = parts.clock();
        this.names = new NameIndex(parts.store());
    }

    @Override
    public EnrolOutcome enrol(Enrolment wish) {
        return enrol(wish, new FaceId(ids.next()));
    }

    @Override
    public EnrolOutcome enrol(Enrolment wish, FaceId id) {
        return switch (reader.read(wish.image())) {
            case Reading.Unfit unfit -> unfit.refusal();
            case Reading.Fit fit -> {
                synchronized (changing) {
                    yield enrol(wish, fit, id);
                }
            }
        };
    }

    private EnrolOutcome enrol(Enrolment wish, Reading.Fit fit, FaceId id) {
        return switch (owners.find(fit.template(), named(wish), wish)) {
            case Owner.Taken taken -> taken.duplicate();
            case Owner.Existing known -> add(wish, fit, id, known.person(), Optional.empty());
            case Owner.Stranger _ -> {
                Person person =
                        new Person(
                                new PersonId(ids.next()),
                                wish.name().strip(),
                                wish.externalId().orElse(null),
                                Map.of(),
                                now());
                yield add(wish, fit, id, person.id(), Optional.of(person));
            }
        };
    }

    private Optional<PersonId> named(Enrolment wish) {
        return wish.person()
                .map(this::mustExist)
                .or(() -> wish.externalId().flatMap(store::byExternalId));
    }

    private EnrolOutcome add(
            Enrolment wish,
            Reading.Fit fit,
            FaceId id,
            PersonId owner,
            Optional<Person> newPerson) {
        PeopleStore.NewFace face =
                new PeopleStore.NewFace(
                        id,
                        owner,
                        fit.template(),
                        fit.quality(),
                        wish.metadata(),
                        fit.picture(),
                        now());
        long revision = store.add(face, newPerson);
        newPerson.ifPresent(person -> names.put(person.id(), person.name()));
        index.put(face.id(), owner, fit.template());
        Face stored =
                new Face(
                        face.id(),
                        owner,
                        newPerson.map(Person::name).orElseGet(() -> nameOf(owner)),
                        wish.metadata(),
                        fit.quality(),
                        face.addedAt());
        listener.changed(revision);
        feed.publish(
                new HubEvent.FaceAdded(
                        stored.id(),
                        stored.name(),
                        stored.quality().overall(),
                        stored.addedAt(),
                        owner));
        return new EnrolOutcome.Enrolled(stored, newPerson.isPresent());
    }

    /** Makes a face searchable by a template of the hub's model, unless it is gone. */
    public void adopt(FaceId face, Embedding template) {
        synchronized (changing) {
            templates
                    .add(face, template)
                    .ifPresent(added -> {
                        index.put(face, added.person(), template);
                        listener.changed(added.revision());
                    });
        }
    }

    private String nameOf(PersonId person) {
        return store.names(List.of(person)).getOrDefault(person, "");
    }

    @Override
    public FacePage faces(long offset, int limit) {
        checkPage(offset, limit);
        return new FacePage(store.page(offset, limit), offset, store.countFaces());
    }

    @Override
    public List<Face> facesAfter(Optional<FaceId> after, int limit) {
        checkPage(0, limit);
        return store.pageAfter(after, limit);
    }

    @Override
    public long countFaces() {
        return store.countFaces();
    }

    @Override
    public Optional<Face> face(FaceId id) {
        return store.face(id);
    }

    @Override
    public List<Face> facesOf(PersonId id) {
        return store.facesOf(id);
    }

    @Override
    public Face updateFaceMetadata(FaceId id, Map<String, String> metadata, Consumer<Face> check) {
        if (metadata.size() > 64) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "metadata holds at most 64 entries");
        }
        synchronized (changing) {
            check.accept(store.face(id).orElseThrow(() -> noFace(id)));
            if (!store.updateMetadata(id, metadata)) {
                throw noFace(id);
            }
            return store.face(id).orElseThrow(() -> noFace(id));
        }
    }

    @Override
    public Optional<Jpeg> picture(FaceId id) {
        return store.picture(id);
    }

    @Override
    public Optional<Face> deleteFace(FaceId id) {
        synchronized (changing) {
            Optional<PeopleStore.Removed> removed = store.remove(id);
            removed.ifPresent(this::removed);
            return removed.flatMap(r -> r.faces().stream().findFirst());
        }
    }

    @Override
    public PersonPage people(long offset, int limit) {
        checkPage(offset, limit);
        return new PersonPage(store.people(offset, limit), offset, store.countPeople());
    }

    @Override
    public Optional<Person> person(PersonId id) {
        return store.person(id);
    }

    @Override
    public Map<PersonId, String> names(Collection<PersonId> ids) {
        return store.names(ids);
    }

    @Override
    public PersonPage peopleAfter(PersonId last, int limit) {
        checkPage(0, limit);
        return new PersonPage(store.peopleAfter(last, limit), 0, store.countPeople());
    }

    @Override
    public PersonPage search(String words, Optional<PersonId> after, long offset, int limit) {
        checkPage(offset, limit);
        List<PersonId> found = names.search(words);
        List<PersonId> page =
                found.stream()
                        .filter(id -> after.map(a -> id.compareTo(a) > 0).orElse(true))
                        .skip(offset)
                        .limit(limit)
                        .toList();
        return new PersonPage(store.entries(page), offset, found.size());
    }

    @Override
    public Optional<Person> byExternalId(String externalId) {
        return store.byExternalId(externalId).flatMap(store::person);
    }

    @Override
    public List<PersonPage.Entry> entries(Collection<PersonId> ids) {
        return store.entries(ids);
    }

    @Override
    public Person create(String name, Optional<String> externalId, Map<String, String> metadata) {
        Person person =
                new Person(
                        new PersonId(ids.next()),
                        name.strip(),
                        externalId.orElse(null),
                        metadata,
                        now());
        synchronized (changing) {
            store.create(person);
            names.put(person.id(), person.name());
        }
        return person;
    }

    @Override
    public Person update(PersonId id, PersonChange change, Consumer<Person> check) {
        synchronized (changing) {
            Person present = store.person(id).orElseThrow(() -> noPerson(id));
            check.accept(present);
            Optional<String> kept =
                    change.withoutExternalId()
                            ? Optional.empty()
                            : Optional.ofNullable(present.externalId());
            Person changed =
                    new Person(
                            id,
                            change.name().map(String::strip).orElse(present.name()),
                            change.externalId().or(() -> kept).orElse(null),
                            change.metadata().orElse(present.metadata()),
                            present.createdAt());
            listener.changed(store.update(changed).orElseThrow(() -> noPerson(id)));
            names.put(id, changed.name());
            return changed;
        }
    }

    @Override
    public Optional<List<Face>> erase(PersonId id) {
        synchronized (changing) {
            Optional<PeopleStore.Removed> removed = store.erase(id, now());
            removed.ifPresent(this::removed);
            names.remove(id);
            return removed.map(PeopleStore.Removed::faces);
        }
    }

    private void removed(PeopleStore.Removed removed) {
        removed.faces().forEach(face -> index.remove(face.id()));
        listener.changed(removed.revision());
        Instant now = now();
        removed.faces()
                .forEach(face ->
                        feed.publish(
                                new HubEvent.FaceDeleted(
                                        face.id(), face.name(), now, face.person())));
    }

    private PersonId mustExist(PersonId id) {
        return store.person(id).map(Person::id).orElseThrow(() -> noPerson(id));
    }

    /** Microseconds, as stored, so that an answer and a later reading agree. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static void checkPage(long offset, int limit) {
        if (offset < 0 || limit < 1 || limit > MAX_PAGE + 1) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "offset is 0 or more and limit 1 to " + MAX_PAGE);
        }
    }

    private static FacetException noFace(FaceId id) {
        return new FacetException(ErrorCode.NOT_FOUND, "there is no face " + id);
    }

    private static FacetException noPerson(PersonId id) {
        return new FacetException(ErrorCode.NOT_FOUND, "there is no person " + id);
    }
}
