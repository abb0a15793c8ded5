/*
 * The reduced open network on Cimba (https://github.com/ambonvik/cimba), in both of its styles:
 *
 *   processes  a coroutine for every server and every source, the style of Cimba's tutorial
 *   events     functions scheduled for a time on Cimba's event queue, without processes
 *
 * usage: network STYLE UNTIL WARM_UP SEED GAP SUCCESS (STATIONS SERVERS MEAN) for each of three levels
 *
 * Prints one line of JSON: services completed, processor seconds of running, and the mean wait at each level over the
 * services begun after the warm-up. Making and unmaking the network is not timed.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cimba.h>

#define LEVELS 3

struct level {
    unsigned stations, servers;
    double mean;              /* of a service */
    double waited;            /* sum over services begun after the warm-up */
    uint64_t begun;           /* their number */
};

struct item {                 /* a case */
    double joined;            /* when it joined the queue it is in */
    struct item *next;        /* in the queue of a station (events), or among those to use again */
};

struct station {
    unsigned level;
    unsigned idle;                  /* events */
    struct item *first, *last;      /* events */
    struct cmb_objectqueue *queue;  /* processes */
};

static struct level levels[LEVELS];
static struct station *stations;
static unsigned station_count, server_count;
static double gap, success, until, warm_up;
static uint64_t completed;
static struct item *unused;

static struct item *item_new(void)
{
    struct item *item = unused;
    if (item != NULL) {
        unused = item->next;
        return item;
    }
    item = malloc(sizeof(*item));
    if (item == NULL) {
        abort();
    }
    return item;
}

static void item_free(struct item *item)
{
    item->next = unused;
    unused = item;
}

static void note_wait(struct level *level, const struct item *item)
{
    const double now = cmb_time();
    if (now >= warm_up) {
        level->waited += now - item->joined;
        level->begun++;
    }
}

/* The station one level up; there is one of each above the townships. NULL where the case leaves. */
static struct station *next_station(const struct station *station)
{
    if (station->level == LEVELS - 1 || cmb_random_bernoulli(success)) {
        return NULL;
    }
    return &stations[levels[0].stations + station->level];
}

static void stop(void *subject, void *object)
{
    cmb_unused(subject);
    cmb_unused(object);
    cmb_event_queue_clear();
}

/* --- processes --- */

static void *source(struct cmb_process *me, void *context)
{
    cmb_unused(me);
    struct station *station = context;
    while (true) {
        cmb_process_hold(cmb_random_exponential(gap));
        struct item *item = item_new();
        item->joined = cmb_time();
        cmb_objectqueue_put(station->queue, item);
    }
}

static void *server(struct cmb_process *me, void *context)
{
    cmb_unused(me);
    struct station *station = context;
    struct level *level = &levels[station->level];
    while (true) {
        void *object = NULL;
        cmb_objectqueue_get(station->queue, &object);
        struct item *item = object;
        note_wait(level, item);
        cmb_process_hold(cmb_random_exponential(level->mean));
        completed++;
        struct station *next = next_station(station);
        if (next == NULL) {
            item_free(item);
        } else {
            item->joined = cmb_time();
            cmb_objectqueue_put(next->queue, item);
        }
    }
}

/* --- events --- */

static void complete(void *subject, void *object);

static void begin(struct station *station, struct item *item)
{
    struct level *level = &levels[station->level];
    note_wait(level, item);
    cmb_event_schedule(complete, station, item, cmb_time() + cmb_random_exponential(level->mean), 0);
}

static void join(struct station *station, struct item *item)
{
    item->joined = cmb_time();
    if (station->idle > 0) {
        station->idle--;
        begin(station, item);
        return;
    }
    item->next = NULL;
    if (station->first == NULL) {
        station->first = item;
    } else {
        station->last->next = item;
    }
    station->last = item;
}

static void complete(void *subject, void *object)
{
    struct station *station = subject;
    struct item *item = object;
    completed++;
    struct station *next = next_station(station);
    if (next == NULL) {
        item_free(item);
    } else {
        join(next, item);
    }
    struct item *waiting = station->first;
    if (waiting == NULL) {
        station->idle++;
    } else {
        station->first = waiting->next;
        begin(station, waiting);
    }
}

static void arrive(void *subject, void *object)
{
    cmb_unused(object);
    join(subject, item_new());
    cmb_event_schedule(arrive, subject, NULL, cmb_time() + cmb_random_exponential(gap), 0);
}

/* --- */

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void make_stations(void)
{
    for (unsigned l = 0; l < LEVELS; l++) {
        station_count += levels[l].stations;
        server_count += levels[l].stations * levels[l].servers;
    }
    stations = calloc(station_count, sizeof(*stations));
    if (stations == NULL) {
        abort();
    }
    struct station *station = stations;
    for (unsigned l = 0; l < LEVELS; l++) {
        for (unsigned s = 0; s < levels[l].stations; s++, station++) {
            station->level = l;
            station->idle = levels[l].servers;
        }
    }
}

static double run_processes(void)
{
    unsigned count = 0;
    struct cmb_process **processes = malloc((server_count + levels[0].stations) * sizeof(*processes));
    if (processes == NULL) {
        abort();
    }
    for (unsigned n = 0; n < station_count; n++) {
        struct station *station = &stations[n];
        station->queue = cmb_objectqueue_create();
        cmb_objectqueue_initialize(station->queue, "queue", CMB_UNLIMITED);
        for (unsigned s = 0; s < levels[station->level].servers; s++) {
            processes[count] = cmb_process_create();
            cmb_process_initialize(processes[count], "server", server, station, 0);
            cmb_process_start(processes[count++]);
        }
        if (station->level == 0) {
            processes[count] = cmb_process_create();
            cmb_process_initialize(processes[count], "source", source, station, 0);
            cmb_process_start(processes[count++]);
        }
    }
    const double begun = seconds();
    cmb_event_queue_execute();
    const double taken = seconds() - begun;
    for (unsigned n = 0; n < count; n++) {
        cmb_process_stop(processes[n], NULL);
        cmb_process_terminate(processes[n]);
        cmb_process_destroy(processes[n]);
    }
    for (unsigned n = 0; n < station_count; n++) {
        cmb_objectqueue_terminate(stations[n].queue);
        cmb_objectqueue_destroy(stations[n].queue);
    }
    free(processes);
    return taken;
}

static double run_events(void)
{
    for (unsigned n = 0; n < levels[0].stations; n++) {
        cmb_event_schedule(arrive, &stations[n], NULL, cmb_random_exponential(gap), 0);
    }
    const double begun = seconds();
    cmb_event_queue_execute();
    return seconds() - begun;
}

int main(int argc, char **argv)
{
    if (argc != 7 + 3 * LEVELS) {
        fprintf(stderr, "usage: %s STYLE UNTIL WARM_UP SEED GAP SUCCESS (STATIONS SERVERS MEAN) x %d\n", argv[0], LEVELS);
        return 2;
    }
    until = atof(argv[2]);
    warm_up = atof(argv[3]);
    gap = atof(argv[5]);
    success = atof(argv[6]);
    for (unsigned l = 0; l < LEVELS; l++) {
        levels[l].stations = (unsigned)atoi(argv[7 + 3 * l]);
        levels[l].servers = (unsigned)atoi(argv[8 + 3 * l]);
        levels[l].mean = atof(argv[9 + 3 * l]);
    }
    make_stations();
    cmb_logger_flags_off(CMB_LOGGER_INFO);
    cmb_random_initialize(strtoull(argv[4], NULL, 10));
    cmb_event_queue_initialize(0.0);
    cmb_event_schedule(stop, NULL, NULL, until, 0);
    const double taken = strcmp(argv[1], "events") == 0 ? run_events() : run_processes();
    cmb_event_queue_terminate();
    cmb_random_terminate();
    printf("{\"version\": \"%s\", \"services\": %" PRIu64 ", \"seconds\": %.6f, \"waits\": [", cimba_version(), completed,
           taken);
    for (unsigned l = 0; l < LEVELS; l++) {
        printf("%s%.9f", l ? ", " : "", levels[l].waited / (double)levels[l].begun);
    }
    printf("]}\n");
    free(stations);
    return 0;
}
