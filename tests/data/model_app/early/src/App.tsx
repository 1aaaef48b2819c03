import { Route, Routes } from "react-router-dom";

import { AppLayout } from "@/components/AppLayout";
import { NotFoundPage } from "@/pages/NotFoundPage";
import { RecipesPage } from "@/pages/RecipesPage";

export default function App() {
  return (
    <Routes>
      <Route element={<AppLayout />}>
        <Route index element={<RecipesPage />} />
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Routes>
  );
}
