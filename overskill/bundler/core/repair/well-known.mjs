/** Names that say by themselves which package they are from. */

const list = (text) => text.split(/\s+/).filter(Boolean);

// Values, by the specifier they are imported from. React's own and icons are looked up in the packages.
const VALUES = {
  react: `Activity Children Component Fragment Profiler PureComponent StrictMode Suspense cloneElement createContext
    createElement createRef forwardRef isValidElement lazy memo startTransition useActionState useCallback useContext
    useDebugValue useDeferredValue useEffect useEffectEvent useId useImperativeHandle useInsertionEffect useLayoutEffect
    useMemo useOptimistic useReducer useRef useState useSyncExternalStore useTransition`,
  "react-dom": "createPortal flushSync useFormStatus",
  "react-dom/client": "createRoot hydrateRoot",
  "react-router-dom": `BrowserRouter HashRouter Link MemoryRouter NavLink Navigate Outlet Route Routes
    createSearchParams generatePath matchPath useBlocker useLocation useMatch useNavigate useOutlet useOutletContext useParams
    useSearchParams`,
  "motion/react": `AnimatePresence LayoutGroup MotionConfig Reorder motion useAnimate useAnimation useInView
    useMotionTemplate useMotionValue useMotionValueEvent useReducedMotion useScroll useSpring useTransform`,
  clsx: "clsx",
  "tailwind-merge": "twMerge",
  "class-variance-authority": "cva",
  sonner: "toast Toaster",
  zod: "z",
  "@hookform/resolvers/zod": "zodResolver",
  "react-hook-form": "Controller FormProvider useController useFieldArray useForm useFormContext useWatch",
  recharts: `Area AreaChart Bar BarChart CartesianGrid Cell ComposedChart Funnel FunnelChart LabelList Line LineChart Pie
    PieChart PolarAngleAxis PolarGrid PolarRadiusAxis Radar RadarChart RadialBar RadialBarChart ReferenceArea ReferenceLine
    ResponsiveContainer Scatter ScatterChart Treemap XAxis YAxis ZAxis`,
  "date-fns": `addDays addHours addMinutes addMonths addWeeks addYears compareAsc differenceInCalendarDays differenceInDays
    differenceInHours differenceInMinutes differenceInMonths differenceInYears eachDayOfInterval endOfDay endOfMonth endOfWeek
    endOfYear format formatDistance formatDistanceToNow formatISO formatRelative getDaysInMonth isAfter isBefore isSameDay
    isSameMonth isSameWeek isThisMonth isThisWeek isToday isTomorrow isValid isWeekend isWithinInterval isYesterday parseISO
    setHours setMinutes startOfDay startOfMonth startOfToday startOfWeek startOfYear subDays subMonths subWeeks subYears`,
  "@tanstack/react-query": `QueryClient QueryClientProvider useInfiniteQuery useMutation useQuery useQueryClient`,
  "@tanstack/react-table": `createColumnHelper flexRender getCoreRowModel getFilteredRowModel getPaginationRowModel
    getSortedRowModel useReactTable`,
  "@tanstack/react-virtual": "useVirtualizer",
  "@dnd-kit/core": `DndContext DragOverlay KeyboardSensor PointerSensor closestCenter closestCorners useDraggable useDroppable
    useSensor useSensors`,
  "@dnd-kit/sortable": `SortableContext arrayMove rectSortingStrategy sortableKeyboardCoordinates useSortable
    verticalListSortingStrategy horizontalListSortingStrategy`,
  "@radix-ui/react-slot": "Slot",
  "react-dropzone": "useDropzone",
  "react-error-boundary": "ErrorBoundary",
  "qrcode.react": "QRCodeCanvas QRCodeSVG",
  "zustand/middleware": "persist createJSONStorage",
  nanoid: "nanoid",
  immer: "produce",
};

const TYPES = {
  react: `AnchorHTMLAttributes AriaAttributes AriaRole ButtonHTMLAttributes CSSProperties ChangeEvent ChangeEventHandler
    ClipboardEvent ClipboardEventHandler ComponentProps ComponentPropsWithRef ComponentPropsWithoutRef ComponentRef ComponentType ContextType
    Dispatch DragEvent DragEventHandler ElementRef ElementType ErrorInfo EventHandler FC FocusEvent FocusEventHandler FormEvent FormEventHandler
    ForwardedRef FunctionComponent HTMLAttributes HTMLInputTypeAttribute InputHTMLAttributes JSXElementConstructor Key
    KeyboardEvent KeyboardEventHandler LabelHTMLAttributes LazyExoticComponent MouseEvent MouseEventHandler MutableRefObject PointerEvent
    PointerEventHandler
    PropsWithChildren PropsWithRef ReactElement ReactNode Reducer Ref RefCallback RefObject SVGAttributes SVGProps
    SelectHTMLAttributes SetStateAction SyntheticEvent TdHTMLAttributes TextareaHTMLAttributes ThHTMLAttributes
    TouchEvent TouchEventHandler WheelEvent WheelEventHandler`,
  clsx: "ClassValue",
  "class-variance-authority": "VariantProps",
  "lucide-react": "LucideIcon LucideProps",
  "react-hook-form": `Control FieldErrors FieldPath FieldValues SubmitErrorHandler SubmitHandler UseFormProps UseFormRegister
    UseFormReturn`,
  "motion/react": "HTMLMotionProps MotionProps MotionValue Transition Variants",
  "react-router-dom": "LinkProps NavLinkProps To",
  "@tanstack/react-table": "ColumnDef ColumnFiltersState RowSelectionState SortingState VisibilityState",
  "@dnd-kit/core": "DragEndEvent DragOverEvent DragStartEvent UniqueIdentifier",
  "react-day-picker": "DateRange DayPickerProps",
  "next-themes": "ThemeProviderProps",
};

// What is imported without braces.
const DEFAULTS = {
  DOMPurify: "dompurify",
  Fuse: "fuse.js",
  Markdown: "react-markdown",
  Papa: "papaparse",
  ReactMarkdown: "react-markdown",
  axios: "axios",
  confetti: "canvas-confetti",
  dayjs: "dayjs",
  remarkGfm: "remark-gfm",
  useEmblaCarousel: "embla-carousel-react",
  useSWR: "swr",
};

function inverted(table) {
  const found = new Map();
  for (const [specifier, names] of Object.entries(table))
    for (const name of list(names)) found.set(name, [...(found.get(name) ?? []), specifier]);
  return found;
}

export const VALUE_SOURCES = inverted(VALUES);
export const TYPE_SOURCES = inverted(TYPES);
export const DEFAULT_SOURCES = new Map(Object.entries(DEFAULTS));
